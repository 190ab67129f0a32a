import { findingsOfControlPlanes, placeOf } from '../control-planes';
import { isHelm, isNative, nameOfForm, nativeProfiles } from '../native-form';
import { formatPath } from '../problem';
import type { Rule } from './rule';

/** The forms native and helm write the profiles that add no other component than an ingress gateway. */
export const nativeProfile: Rule = (definition) => {
  if (!isNative(definition) && !isHelm(definition)) return [];
  return findingsOfControlPlanes(definition, (controlPlane) => {
    const { profile } = controlPlane.settings;
    const path = placeOf(definition, controlPlane, 'profile');
    if (path === undefined || nativeProfiles.includes(profile)) return [];
    return [
      {
        code: 'MESH-UNSUPPORTED-VALUE',
        path,
        found: `${formatPath(path)} is ${JSON.stringify(profile)}, which ${nameOfForm(definition)} does not write.`,
        remedy: `Write one of ${nativeProfiles.join(', ')}, or istio.controlPlane: istioctl.`,
      },
    ];
  });
};
