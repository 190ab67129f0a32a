import { findingsOfControlPlanes, placeOf } from '../control-planes';
import { isHelm, isNative, istioLines, nameOfForm } from '../native-form';
import { formatPath } from '../problem';
import type { Rule } from './rule';

/** What this package writes itself is of the lines of Istio with whose output it was compared. */
export const nativeVersion: Rule = (definition) => {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return findingsOfControlPlanes(definition, (controlPlane) => {
    const { version } = controlPlane.settings;
    const path = placeOf(definition, controlPlane, 'version');
    if (path === undefined || istioLines.some((line) => version.startsWith(`${line}.`))) return [];
    return [
      {
        code: 'CONTROL-PLANE-VERSION',
        path,
        found: `${formatPath(path)} is ${JSON.stringify(version)}, whose control plane ${nameOfForm(definition)} does not know.`,
        remedy: `Write a version of ${istioLines.join(', ')}, or istio.controlPlane: istioctl.`,
      },
    ];
  });
};
