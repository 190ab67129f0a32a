import { istioCharts } from '../../control-plane/helm-charts';
import { type OutputFile, objectFile } from '../../files/output-file';
import type { PlainObject } from '../../kubernetes/manifest';
import type { GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName } from '../gitops-files';
import { clusterApplication, rootApplication } from './application';

/**
 * What Argo CD needs: a project, an application for each cluster, and one that keeps all of these, so
 * that a cluster is added by a commit. It is applied once by hand, where Argo CD runs.
 *
 * @param ending the ending of the files
 */
export function argocdTree(mesh: Mesh, gitops: GitOps, ending: string): OutputFile[] {
  const file = (name: string, object: object) => objectFile(`argocd/${name}${ending}`, object);
  return [
    file('project', appProject(mesh, gitops)),
    file('root', rootApplication(mesh, gitops)),
    ...mesh.clusters.map((cluster) =>
      file(`cluster-${cluster.name}`, clusterApplication(mesh, gitops, cluster)),
    ),
  ];
}

/** The cluster that Argo CD itself runs in. */
export const ownCluster = 'https://kubernetes.default.svc';

/** The project of a mesh: its applications come from its repository, and go to its clusters. */
export function appProject(mesh: Mesh, { namespace, repository }: GitOps): PlainObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: gitopsName(mesh), namespace },
    spec: {
      description: `The clusters of the mesh ${mesh.meshID}`,
      sourceRepos: [repository.url, ...(mesh.istio.controlPlane === 'helm' ? [istioCharts] : [])],
      destinations: [
        { server: ownCluster, namespace },
        ...mesh.clusters.map(({ name }) => ({ name, namespace: '*' })),
      ],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}
