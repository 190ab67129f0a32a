import type { HelmValue } from '../helm-values';

/** An Istio value that the format native does not support. */
export interface UnsupportedValue {
  readonly path: readonly string[];
  /**
   * The values that say what is so anyway, which are accepted.
   * @default - none
   */
  readonly redundant?: readonly HelmValue[];
  /** Why it is not supported; continues a sentence that starts with the name of the value. */
  readonly reason: string;
  /** What to do instead, as an instruction. */
  readonly hint: string;
}

const useIstioctl = 'Remove it, or write istio.controlPlane: istioctl.';

const externalIstiod = (redundant: readonly HelmValue[], ...path: string[]): UnsupportedValue => ({
  path,
  redundant,
  reason: 'is for clusters with an external istiod, which the format native does not support',
  hint: useIstioctl,
});

/** The Istio values that the format native does not support. */
export const unsupportedValues: readonly UnsupportedValue[] = [
  externalIstiod([false], 'istiodRemote', 'enabled'),
  externalIstiod([false], 'istiodRemote', 'enabledLocalInjectorIstiod'),
  externalIstiod([], 'pilot', 'istiodRemote'),
  externalIstiod([''], 'global', 'remotePilotAddress'),
  externalIstiod([false], 'global', 'configCluster'),
  {
    path: ['base', 'enableCRDTemplates'],
    redundant: [true, false],
    reason: 'does not control which CustomResourceDefinitions the format native writes',
    hint: 'Remove it, and set istio.crds: skip to write no CustomResourceDefinitions.',
  },
  {
    path: ['base', 'excludedCRDs'],
    reason: 'does not control which CustomResourceDefinitions the format native writes',
    hint: useIstioctl,
  },
  {
    path: ['ownerName'],
    redundant: ['', 'unknown'],
    reason: 'sets an owning operator, which objects of the format native do not have',
    hint: 'Remove it.',
  },
];
