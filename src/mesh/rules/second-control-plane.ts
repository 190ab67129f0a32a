import { completeIstio } from '../complete-istio';
import type { MeshDefinition } from '../definition';
import { defaultControlPlaneForm } from '../istio-definition';
import { defaultRevision } from '../istio-names';
import { type DefinitionPath, type Finding, formatPath, valueAt } from '../problem';
import type { Rule } from './rule';

/** A second control plane shares its cluster with the first only where every name of the two differs. */
export const secondControlPlane: Rule = (definition) => {
  const { controlPlane = defaultControlPlaneForm } = definition.istio ?? {};
  return [
    ...(['native', 'helm'].includes(controlPlane) ? [] : alongsidePaths(definition).map(notNative)),
    ...(controlPlane === 'helm' ? defaultAlongside(definition) : []),
    ...sameRevisions(definition),
  ];
};

/** Says of each place once that it names a revision twice, however many clusters it applies to. */
function sameRevisions({ istio, clusters }: MeshDefinition): Finding[] {
  const found = new Map<string, Finding>();
  for (const [index, cluster] of clusters.entries()) {
    const { revision, alongside } = completeIstio(istio, cluster.istio);
    if (alongside?.revision !== revision) continue;
    const own = typeof cluster.istio?.alongside === 'object';
    const path = [...(own ? ['clusters', index] : []), 'istio', 'alongside', 'revision'];
    if (!found.has(formatPath(path))) found.set(formatPath(path), sameRevision(path, cluster.name, revision));
  }
  return [...found.values()];
}

/** The chart of the revision `default` injects pods that name no revision, whatever the default tag says. */
function defaultAlongside(definition: MeshDefinition): Finding[] {
  return alongsidePaths(definition)
    .map((path) => [...path, 'revision'])
    .filter((path) => valueAt(definition, path) === defaultRevision)
    .map((path) => ({
      code: 'MESH-VALUE',
      path,
      found: `${formatPath(path)} is "default", whose chart would inject pods a second time that name no revision.`,
      remedy: 'Let the two control planes change places, or write controlPlane: native.',
    }));
}

function alongsidePaths({ istio, clusters }: MeshDefinition): DefinitionPath[] {
  const ofClusters = clusters.flatMap((cluster, index) =>
    typeof cluster.istio?.alongside === 'object' ? [['clusters', index, 'istio', 'alongside']] : [],
  );
  return [...(istio?.alongside === undefined ? [] : [['istio', 'alongside']]), ...ofClusters];
}

function notNative(path: DefinitionPath): Finding {
  return {
    code: 'MESH-VALUE',
    path,
    at: 'key',
    found: `${formatPath(path)}: only the forms native and helm write two control planes for a cluster.`,
    remedy: 'Remove it, or write controlPlane: native.',
  };
}

function sameRevision(path: DefinitionPath, cluster: string, revision: string): Finding {
  return {
    code: 'MESH-VALUE',
    path,
    found: `${formatPath(path)} is ${JSON.stringify(revision)}, which the first control plane of ${cluster} is too.`,
    remedy: 'Give the second control plane another revision.',
  };
}
