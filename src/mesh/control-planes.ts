import { completeIstio } from './complete-istio';
import type { MeshDefinition } from './definition';
import type { ControlPlaneSettings } from './mesh';
import { type DefinitionPath, type Finding, formatPath, valueAt } from './problem';

/** A control plane of a mesh, and the places of the definition that it follows from, the nearest first. */
export interface DefinedControlPlane {
  readonly settings: ControlPlaneSettings;
  readonly places: readonly DefinitionPath[];
}

/** What is found wrong with control planes, of each place once, however many clusters follow from it. */
export function findingsOfControlPlanes(
  definition: MeshDefinition,
  findingsOf: (controlPlane: DefinedControlPlane) => readonly Finding[],
): Finding[] {
  const findings = controlPlanes(definition).flatMap(findingsOf);
  return [...new Map(findings.map((finding) => [formatPath(finding.path), finding])).values()];
}

/** Where a setting of a control plane is written; undefined where it is left to its default. */
export function placeOf(
  definition: MeshDefinition,
  { places }: DefinedControlPlane,
  key: keyof ControlPlaneSettings,
): DefinitionPath | undefined {
  return places.map((place) => [...place, key]).find((path) => valueAt(definition, path) !== undefined);
}

function controlPlanes({ istio, clusters }: MeshDefinition): DefinedControlPlane[] {
  return clusters.flatMap((cluster, index): DefinedControlPlane[] => {
    const { alongside, ...first } = completeIstio(istio, cluster.istio);
    const own = ['clusters', index, 'istio'];
    const places = [own, ['istio']];
    if (alongside === undefined) return [{ settings: first, places }];
    const second = cluster.istio?.alongside === undefined ? ['istio', 'alongside'] : [...own, 'alongside'];
    return [
      { settings: first, places },
      { settings: alongside, places: [second, ...places] },
    ];
  });
}
