import { formatPath } from '../../problems/problem';
import { supportedMinorVersions } from '../istio-version';
import {
  type ControlPlaneRule,
  controlPlaneFormatOf,
  isHelm,
  isNative,
  pathOfSetting,
} from './control-planes';

/** The formats native and helm support the minor versions of Istio with whose output theirs was compared. */
export const supportedVersion: ControlPlaneRule = (controlPlane, definition) => {
  if (!isNative(definition) && !isHelm(definition)) return [];
  const { version } = controlPlane.settings;
  const path = pathOfSetting(definition, controlPlane, 'version');
  if (path === undefined || supportedMinorVersions.some((minor) => version.startsWith(`${minor}.`)))
    return [];
  return [
    {
      code: 'CONTROL-PLANE-VERSION',
      path,
      message: `${formatPath(path)} is ${JSON.stringify(version)}, which the format ${controlPlaneFormatOf(definition)} does not support.`,
      hint: `Write a version of ${supportedMinorVersions.join(', ')}, or istio.controlPlane: istioctl.`,
    },
  ];
};
