import { completeIstio } from '../complete-istio';
import type { MeshDefinition } from '../definition';
import { defaultControlPlaneForm } from '../istio-definition';
import { type DefinitionPath, type Finding, formatPath } from '../problem';
import type { Rule } from './rule';

/** A second control plane shares its cluster with the first only where every name of the two differs. */
export const secondControlPlane: Rule = (definition) => {
  const { controlPlane = defaultControlPlaneForm } = definition.istio ?? {};
  return [
    ...(controlPlane === 'native' ? [] : alongsidePaths(definition).map(notNative)),
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
    found: `${formatPath(path)}: only the form native writes two control planes for a cluster.`,
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
