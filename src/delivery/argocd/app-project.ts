import { istioCharts } from '../../control-plane/helm-charts';
import type { Delivery, Mesh } from '../../mesh/mesh';
import { engineName } from '../engine-name';
import type { PlainObject } from '../manifest';

/** The cluster that Argo CD itself runs in. */
export const ownCluster = 'https://kubernetes.default.svc';

/** The project of a mesh: its applications come from its repository, and go to its clusters. */
export function appProject(mesh: Mesh, { namespace, repository }: Delivery): PlainObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: engineName(mesh), namespace },
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
