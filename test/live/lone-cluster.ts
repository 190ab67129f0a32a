import { defineMesh } from '../../src/mesh/define-mesh';
import { type Cluster, findCluster } from '../../src/mesh/mesh';

/** A cluster as a mesh of it alone completes it. */
export function loneCluster(settings: Pick<Cluster, 'kubeconfig' | 'context'> = {}): Cluster {
  const mesh = defineMesh({ meshID: 'm', clusters: [{ name: 'c1', network: 'n', ...settings }] });
  return findCluster(mesh, 'c1') as Cluster;
}
