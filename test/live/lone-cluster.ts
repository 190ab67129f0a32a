import { defineMesh } from '../../src/mesh/define-mesh';
import { type Cluster, findCluster } from '../../src/mesh/mesh';

/** The only cluster of a mesh, with all defaults. */
export function loneCluster(settings: Pick<Cluster, 'kubeconfig' | 'context'> = {}): Cluster {
  const mesh = defineMesh({ meshID: 'm', clusters: [{ name: 'c1', network: 'n', ...settings }] });
  return findCluster(mesh, 'c1') as Cluster;
}
