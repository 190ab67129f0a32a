import type { Delivery, Mesh } from '../../mesh/mesh';
import { objectFile } from '../object-file';
import type { OutputFile } from '../output-file';
import { appProject } from './app-project';
import { clusterApplication, rootApplication } from './application';

/**
 * What Argo CD needs: a project, an application for each cluster, and one that keeps all of these, so
 * that a cluster is added by a commit. It is applied once by hand, where Argo CD runs.
 *
 * @param ending the ending of the files
 */
export function argocdTree(mesh: Mesh, delivery: Delivery, ending: string): OutputFile[] {
  const file = (name: string, object: object) => objectFile(`argocd/${name}${ending}`, object);
  return [
    file('project', appProject(mesh, delivery)),
    file('root', rootApplication(mesh, delivery)),
    ...mesh.clusters.map((cluster) =>
      file(`cluster-${cluster.name}`, clusterApplication(mesh, delivery, cluster)),
    ),
  ];
}
