import { Yaml } from 'cdk8s';
import type { Delivery, Mesh } from '../../mesh/mesh';
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
  const file = (name: string, object: object): OutputFile => ({
    path: `argocd/${name}${ending}`,
    content: Yaml.stringify(object),
    secrecy: 'public',
  });
  return [
    file('project', appProject(mesh, delivery)),
    file('root', rootApplication(mesh, delivery)),
    ...mesh.clusters.map((cluster) =>
      file(`cluster-${cluster.name}`, clusterApplication(mesh, delivery, cluster)),
    ),
  ];
}
