import { formatPath } from '../../problems/problem';
import { formatLabel, isHelm, isNative, nativeProfiles, supportedMinorVersions } from '../istio-version';
import type { Rule } from './clusters';
import { controlPlaneProblems, pathOf } from './control-planes';

/** The formats native and helm write the profiles that add no other component than an ingress gateway. */
export const nativeProfile: Rule = (definition) => {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return controlPlaneProblems(definition, (controlPlane) => {
    const { profile } = controlPlane.settings;
    const path = pathOf(definition, controlPlane, 'profile');
    if (path === undefined || nativeProfiles.includes(profile)) return [];
    return [
      {
        code: 'MESH-UNSUPPORTED-VALUE',
        path,
        message: `${formatPath(path)} is ${JSON.stringify(profile)}, which ${formatLabel(definition)} does not write.`,
        hint: `Write one of ${nativeProfiles.join(', ')}, or istio.controlPlane: istioctl.`,
      },
    ];
  });
};

/** What this package writes itself is of the lines of Istio with whose output it was compared. */
export const nativeVersion: Rule = (definition) => {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return controlPlaneProblems(definition, (controlPlane) => {
    const { version } = controlPlane.settings;
    const path = pathOf(definition, controlPlane, 'version');
    if (path === undefined || supportedMinorVersions.some((line) => version.startsWith(`${line}.`)))
      return [];
    return [
      {
        code: 'CONTROL-PLANE-VERSION',
        path,
        message: `${formatPath(path)} is ${JSON.stringify(version)}, whose control plane ${formatLabel(definition)} does not know.`,
        hint: `Write a version of ${supportedMinorVersions.join(', ')}, or istio.controlPlane: istioctl.`,
      },
    ];
  });
};
