import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { namespaced, revisionLabel } from './naming';

/** A ConfigMap of one control plane. */
export function configMap(
  name: string,
  input: ControlPlaneInput,
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  const metadata = namespaced(withRevision(name, input.revision), input, revisionLabel(input));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}
