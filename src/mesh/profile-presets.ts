import type { HelmValues } from './helm-values';
import type { IstioProfile, ProfileChoice } from './istio';

/** What a profile of a definition sets: the profile of the control planes, and settings below those of the definition. */
interface ProfilePreset {
  readonly profile: IstioProfile;
  readonly values?: HelmValues;
  /**
   * The namespace of the CNI node agent, which the profile enables.
   * @default - disabled
   */
  readonly cniNamespace?: string;
}

const openshift: ProfilePreset = {
  profile: 'default',
  values: { global: { platform: 'openshift' } },
  cniNamespace: 'kube-system',
};

/** What a profile sets. For OpenShift, Istio's charts have a platform, and the profile of istioctl sets it. */
export function profilePreset(choice: ProfileChoice): ProfilePreset {
  return choice === 'openshift' ? openshift : { profile: choice };
}
