import { mergeValues } from './helm-values';
import type { ClusterIstioDefinition, ControlPlaneDefinition, IstioDefinition } from './istio-definition';
import { defaultRevision } from './istio-names';
import { defaultHub, newestIstioVersion } from './istio-version';
import type { ClusterIstio, ControlPlaneSettings } from './mesh';

/** Fills in the control planes of a cluster: what it says itself, else what the mesh says, else the defaults. */
export function completeIstio(
  mesh: IstioDefinition = {},
  cluster: ClusterIstioDefinition = {},
): ClusterIstio {
  const profile = cluster.profile ?? mesh.profile ?? 'default';
  const first = complete([cluster, mesh]);
  const alongside = cluster.alongside ?? mesh.alongside ?? 'disabled';
  if (alongside === 'disabled') return { ...first, profile };
  return { ...first, profile, alongside: { ...complete([alongside, cluster, mesh]), profile } };
}

/** Completes a control plane from definitions of which the nearest comes first. */
function complete(definitions: readonly ControlPlaneDefinition[]): Omit<ControlPlaneSettings, 'profile'> {
  const versioned = definitions.findIndex(({ version }) => version !== undefined);
  const version = definitions[versioned]?.version ?? newestIstioVersion;
  return {
    version,
    hub: first(definitions, 'hub') ?? defaultHub(version),
    // A tag that was written beside an older version is of that version.
    tag: first(versioned < 0 ? definitions : definitions.slice(0, versioned + 1), 'tag') ?? version,
    revision: first(definitions, 'revision') ?? defaultRevision,
    values: mergeValues(...definitions.map(({ values = {} }) => values).reverse()),
  };
}

function first<Key extends 'hub' | 'tag' | 'revision'>(
  definitions: readonly ControlPlaneDefinition[],
  key: Key,
): string | undefined {
  return definitions.find((definition) => definition[key] !== undefined)?.[key];
}
