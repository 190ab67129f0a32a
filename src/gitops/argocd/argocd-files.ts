import { istioCharts } from '../../control-plane/helm-charts';
import type { OutputFile } from '../../files/output-file';
import type { PlainObject } from '../../kubernetes/manifest';
import type { GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName, objectFile } from '../object-file';
import { clusterApplication, inCluster, rootApplication } from './application';

/**
 * The files for Argo CD: a project, an application for each cluster, and a root application that manages all
 * of them, so that a commit can add a cluster. Users apply them once, in the cluster where Argo CD runs.
 *
 * @param extension the extension of the files, such as .k8s.yaml
 */
export function argocdFiles(mesh: Mesh, gitops: GitOps, extension: string): OutputFile[] {
  const file = (name: string, object: object) => objectFile(`argocd/${name}${extension}`, object);
  return [
    file('project', appProject(mesh, gitops)),
    file('root', rootApplication(mesh, gitops)),
    ...mesh.clusters.map((cluster) =>
      file(`cluster-${cluster.name}`, clusterApplication(mesh, gitops, cluster)),
    ),
  ];
}

/** The project of a mesh, which limits its applications to its repository and its clusters. */
function appProject(mesh: Mesh, { namespace, repository }: GitOps): PlainObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: gitopsName(mesh), namespace },
    spec: {
      description: `The clusters of the mesh ${mesh.meshID}`,
      sourceRepos: [repository.url, ...(mesh.istio.controlPlane === 'helm' ? [istioCharts] : [])],
      destinations: [
        { server: inCluster, namespace },
        ...mesh.clusters.map(({ name }) => ({ name, namespace: '*' })),
      ],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}
