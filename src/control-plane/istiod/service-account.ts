import type { ControlPlaneInput } from '../control-plane-input';
import { given } from '../given';
import type { KubernetesObject } from '../kubernetes-object';
import { istiodName, namespaced } from './naming';

/** The account that istiod runs as. */
export function serviceAccount(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...namespaced(istiodName(input), input, { app: 'istiod' }),
        annotations: given(pilot.serviceAccountAnnotations),
      },
      imagePullSecrets: given(global.imagePullSecrets.map((name) => ({ name }))),
    },
  ];
}
