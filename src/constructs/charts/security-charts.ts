import { ApiObject, Chart } from 'cdk8s';
import { rootNamespace } from '../../mesh/pod-security';
import type { ClusterScope } from '../api-objects';

/** Adds the policy that makes all workloads refuse plain text, if the mesh is hardened. */
export function addMutualTls(scope: ClusterScope): void {
  if (scope.mesh.security === 'istio') return;
  new ApiObject(new Chart(scope, '55-mutual-tls'), 'mutual-tls', {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: rootNamespace(scope.cluster) },
    spec: { mtls: { mode: 'STRICT' } },
  });
}
