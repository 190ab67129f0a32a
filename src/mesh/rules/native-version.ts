import { findingsOfControlPlanes, placeOf } from '../control-planes';
import { isNative, istioLines } from '../native-form';
import { formatPath } from '../problem';
import type { Rule } from './rule';

/** The native form writes the lines of Istio whose output it was compared with, and no others. */
export const nativeVersion: Rule = (definition) => {
  if (!isNative(definition)) return [];
  return findingsOfControlPlanes(definition, (controlPlane) => {
    const { version } = controlPlane.settings;
    const path = placeOf(definition, controlPlane, 'version');
    if (path === undefined || istioLines.some((line) => version.startsWith(`${line}.`))) return [];
    return [
      {
        code: 'CONTROL-PLANE-VERSION',
        path,
        found: `${formatPath(path)} is ${JSON.stringify(version)}, whose control plane the native form does not know.`,
        remedy: `Write a version of ${istioLines.join(', ')}, or istio.controlPlane: istioctl.`,
      },
    ];
  });
};
