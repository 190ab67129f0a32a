import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { configMap } from './config-map';
import { jsonText } from './json-text';

/** The values themselves, for whoever debugs the cluster: nothing reads them. */
export function recordedValues(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { original, merged } = input.recorded;
  const recorded = configMap('values', input, {
    'original-values': jsonText(original),
    'merged-values': jsonText(merged),
  });
  const annotations = {
    'kubernetes.io/description':
      'The Helm values from which this control plane was made. They are kept for reading: changing them changes nothing.',
  };
  return [{ ...recorded, metadata: { ...recorded.metadata, annotations } }];
}
