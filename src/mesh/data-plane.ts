import { wordOf } from './schema-types';

/** How the traffic of pods enters the mesh. */
export const dataPlanes = ['sidecar', 'ambient', 'both'] as const;
export type DataPlane = (typeof dataPlanes)[number];

/** Other names of the data planes. */
const dataPlaneAliases: Readonly<Record<string, DataPlane>> = {
  mixed: 'both',
  sidecars: 'sidecar',
  ztunnel: 'ambient',
};

/** The schema of `dataPlane`. */
export const dataPlaneSchema = wordOf(dataPlanes, dataPlaneAliases);

/** The data plane of a cluster of a definition. */
export function dataPlaneOf(
  mesh: { readonly dataPlane?: DataPlane },
  cluster: { readonly dataPlane?: DataPlane } = {},
): DataPlane {
  return cluster.dataPlane ?? mesh.dataPlane ?? 'sidecar';
}

/** Whether a cluster has what ambient mode needs: ztunnel, the CNI node agent, and a gateway for HBONE. */
export function hasAmbient(dataPlane: DataPlane): boolean {
  return dataPlane !== 'sidecar';
}

/** Whether other networks reach the sidecars of a cluster. */
export function hasSidecars(dataPlane: DataPlane): boolean {
  return dataPlane !== 'ambient';
}
