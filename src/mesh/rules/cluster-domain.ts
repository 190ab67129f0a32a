import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import { clusterDomainOf } from '../cluster-domain';
import type { AnyMeshDefinition } from '../definition';
import { istioOf } from '../istio';
import type { ControlPlaneSettings } from '../mesh';
import type { Rule } from './clusters';

const value = ['values', 'global', 'proxy', 'clusterDomain'];
const domainPattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;

/** The domain is part of every SNI between networks, so it must be the same in all clusters. */
export const sameClusterDomain: Rule = (definition) => {
  const [first, ...others] = domains(definition);
  if (first === undefined) return [];
  const malformed = [first, ...others].filter(
    ({ domain }) => !domainPattern.test(domain) || domain.length > 253,
  );
  if (malformed.length > 0) return onePerPath(malformed.map(invalidDomain));
  return onePerPath(
    others.filter(({ domain }) => domain !== first.domain).map((each) => otherDomain(each, first)),
  );
};

interface ClusterDomain {
  readonly cluster: string;
  readonly domain: string;
  readonly path: DefinitionPath;
}

/** The domain of every control plane, each at the path that sets it. */
function domains(definition: AnyMeshDefinition): ClusterDomain[] {
  return definition.clusters.flatMap((cluster, index) => {
    const { name } = cluster;
    const { canary, ...first } = istioOf(definition, cluster);
    const ofCluster = ['clusters', index, 'istio'];
    const paths: DefinitionPath[] = [ofCluster, ['istio']];
    const domainOf = (
      settings: Omit<ControlPlaneSettings, 'profile'>,
      holders: readonly DefinitionPath[],
    ) => {
      const path = holders
        .map((holder) => [...holder, ...value])
        .find((each) => valueAt(definition, each) !== undefined);
      return { cluster: name, domain: clusterDomainOf(settings.values), path: path ?? ['clusters', index] };
    };
    const canaryPaths: DefinitionPath[] = [[...ofCluster, 'canary'], ['istio', 'canary'], ...paths];
    return [domainOf(first, paths), ...(canary === undefined ? [] : [domainOf(canary, canaryPaths)])];
  });
}

function invalidDomain({ domain, path }: ClusterDomain): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    message: `${formatPath(path)} is ${JSON.stringify(domain)}.`,
    hint: 'Write a DNS domain in lower case without a dot at the end, such as cluster.local.',
  };
}

function otherDomain({ cluster, domain, path }: ClusterDomain, first: ClusterDomain): DefinitionProblem {
  return {
    code: 'MESH-VALUE',
    path,
    message: `The cluster domain of ${cluster} is ${domain}, that of ${first.cluster} is ${first.domain}, so they would not find each other's Services.`,
    hint: 'Write the same global.proxy.clusterDomain for all clusters, in istio.values of the mesh.',
  };
}

function onePerPath(problems: readonly DefinitionProblem[]): DefinitionProblem[] {
  return [...new Map(problems.map((problem) => [formatPath(problem.path), problem])).values()];
}
