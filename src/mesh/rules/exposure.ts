import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import { nearest } from '../../problems/suggestion';
import { clusterDomainOf, hostsOfDomain } from '../cluster-domain';
import { dataPlaneOf, hasSidecars } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import { type ExposureDefinition, exposeAll } from '../exposure';
import { istioOf } from '../istio';
import { hasNetworkGateway } from '../network-gateway';
import type { Rule } from './clusters';

/** A host that istiod compares with nothing exposes nothing, and a restriction without a gateway restricts nothing. */
export const soundExposure: Rule = (definition) => {
  const domain = domainOf(definition);
  return [
    ...exposureProblems(definition.exposure, ['exposure'], domain),
    ...withoutSidecars(definition),
    ...definition.clusters.flatMap(({ exposure, ...cluster }, index) => {
      const path = ['clusters', index, 'exposure'];
      return [
        ...exposureProblems(exposure, path, domain),
        ...(exposure === undefined || !hasSidecars(dataPlaneOf(definition, cluster))
          ? []
          : withoutGateway(cluster, path, definition)),
      ];
    }),
  ];
};

/** ztunnel reaches the Services with a label, and does not know what a gateway for sidecars exposes. */
function withoutSidecars(definition: AnyMeshDefinition): DefinitionProblem[] {
  const isAmbient = (cluster: ClusterDefinition) => !hasSidecars(dataPlaneOf(definition, cluster));
  const { clusters, exposure } = definition;
  const ofClusters = clusters.flatMap((cluster, index) =>
    cluster.exposure !== undefined && isAmbient(cluster) ? [['clusters', index, 'exposure']] : [],
  );
  const ofMesh = exposure !== undefined && clusters.every(isAmbient) ? [['exposure']] : [];
  return [...ofMesh, ...ofClusters].map((path) => ({
    code: 'MESH-GATEWAY' as const,
    path,
    message:
      'exposure is for sidecars. In ambient mode, other networks reach the Services with the label istio.io/global: "true".',
    hint: 'Remove exposure, and give the label to the Services that other networks call.',
  }));
}

/** The DNS domain of Services. Another rule makes sure that all clusters have the same. */
export function domainOf(mesh: AnyMeshDefinition): string {
  return clusterDomainOf(istioOf(mesh, mesh.clusters[0]).values);
}

function exposureProblems(
  exposure: ExposureDefinition | typeof exposeAll | undefined,
  path: DefinitionPath,
  domain: string,
): DefinitionProblem[] {
  if (exposure === undefined || exposure === exposeAll) return [];
  const { namespaces = [], hosts = [] } = exposure;
  if (namespaces.length + hosts.length === 0) {
    return [
      {
        code: 'MESH-VALUE',
        path,
        message: 'exposure lists no namespace and no host, so other networks would reach nothing.',
        hint: 'Write namespaces: [shop], for example, or remove exposure to expose all Services.',
      },
    ];
  }
  return hosts.flatMap((host, index) =>
    isHost(host, domain)
      ? []
      : [{ code: 'MESH-VALUE', path: [...path, 'hosts', index], ...hostProblem(host, domain) }],
  );
}

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const serviceName = new RegExp(`^(\\*|${label})\\.${label}$`);

/** Whether a host is the name of a Service, or of all Services of a namespace. */
function isHost(host: string, domain: string): boolean {
  const end = `.svc.${domain}`;
  return host.endsWith(end) && serviceName.test(host.slice(0, -end.length));
}

function hostProblem(host: string, domain: string): Pick<DefinitionProblem, 'message' | 'hint'> {
  const message = `${JSON.stringify(host)} is not the full name of a Service in ${domain}.`;
  const example = `such as reviews.shop.svc.${domain}, or *.shop.svc.${domain} for a namespace.`;
  if (coversAll(host, domain)) {
    return {
      message: `${JSON.stringify(host)} exposes the Services of all namespaces.`,
      hint: `Remove exposure or write exposure: all to expose all Services. Otherwise, write the full name of a Service, ${example}`,
    };
  }
  const meant = meantHost(host, domain);
  return { message, hint: meant === undefined ? `Write a full name, ${example}` : `Write ${meant}.` };
}

function coversAll(host: string, domain: string): boolean {
  const all = ['*', '*.svc', `*.svc.${domain}`, `*.${domain}`, hostsOfDomain(domain)];
  return all.includes(host.replace(/^\*\//, ''));
}

/** The full name for a short one, for one with a namespace in front, or for one with a misspelled domain. */
function meantHost(host: string, domain: string): string | undefined {
  const [, namespace, name = ''] =
    /^(?:([^/]*)\/)?([^/]*)$/.exec(host.toLowerCase().replace(/\.$/, '')) ?? [];
  const [first = '', second, ...rest] = name.split('.');
  const isNamespaceInFront = namespace !== undefined && (first === '*' || second === undefined);
  if (!isNamespaceInFront && rest.length > 0 && !isMisspelled(rest, domain)) return undefined;
  const meant = `${first}.${isNamespaceInFront ? namespace : (second ?? '')}.svc.${domain}`;
  return isHost(meant, domain) ? meant : undefined;
}

function isMisspelled(end: readonly string[], domain: string): boolean {
  const ends = ['svc', domain, `svc.${domain}`].filter((each) => each.split('.').length === end.length);
  return nearest(end.join('.'), ends) !== undefined;
}

function withoutGateway(
  cluster: Omit<ClusterDefinition, 'exposure'>,
  path: DefinitionPath,
  mesh: AnyMeshDefinition,
): DefinitionProblem[] {
  if (hasNetworkGateway(cluster, mesh)) return [];
  const { name, network } = cluster;
  const entrances = mesh.clusters
    .filter((other) => other.network === network && hasNetworkGateway(other, mesh))
    .map((other) => other.name);
  // That a network has no gateway at all is a problem of another rule.
  if (entrances.length === 0) return [];
  return [
    {
      code: 'MESH-GATEWAY',
      path,
      message: `${name} has no east-west gateway, so its exposure has no effect.`,
      hint: `Other networks reach its Services through the gateway of ${entrances.join(' or ')}. Write exposure there.`,
    },
  ];
}
