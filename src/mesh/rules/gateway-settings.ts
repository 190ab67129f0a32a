import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import { dataPlaneOf, hasAmbient, hasSidecars } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import { ambientNameOf } from '../gateways/ambient-gateway';
import { eastWestGatewayOf, eastWestNamespace } from '../gateways/east-west-source';
import { type GatewaySettings, gatewaysWithDefaults } from '../gateways/gateway-settings';
import { isMap } from '../helm-values';
import { istioOf } from '../istio';
import { eastWestGatewayName, istioSystem } from '../istio-names';
import type { ClusterIstio } from '../mesh';
import type { Rule } from './clusters';
import { gatewayNamespaceProblems } from './gateway-namespace';
import { gatewayPodProblems } from './gateway-pods';
import { gatewayServiceProblems } from './gateway-services';
import { type PlacedProblem, withoutRepeats } from './placed-problem';

/** A gateway, and what is beside it. */
interface PlacedGateway {
  readonly gateway: GatewaySettings;
  readonly others: readonly GatewaySettings[];
  readonly cluster: ClusterDefinition;
  readonly istio: ClusterIstio;
  readonly mesh: AnyMeshDefinition;
}

type Condition = (placed: PlacedGateway) => readonly PlacedProblem[];

const conditions: readonly Condition[] = [
  knownRevision,
  ownNames,
  ({ gateway, mesh }) => gatewayNamespaceProblems(gateway.namespace, mesh),
  oneNetworkGateway,
  notSwitchedOff,
  ({ gateway }) => gatewayServiceProblems(gateway),
  ({ gateway }) => gatewayPodProblems(gateway),
];

/** The gateways of a cluster fit to each other, to its control planes, and to what Kubernetes accepts. */
export const soundGateways: Rule = (mesh) => {
  const problems = mesh.clusters.flatMap((cluster, index) => {
    if (mesh.gateways === undefined && cluster.gateways === undefined) return [];
    const istio = istioOf(mesh, cluster);
    const gateways = gatewaysWithDefaults(mesh.gateways, cluster.gateways, istio, mesh.security ?? 'istio');
    return gateways.flatMap((gateway, position) => {
      const placed = { gateway, others: gateways.slice(0, position), cluster, istio, mesh };
      return conditions.flatMap((condition) =>
        condition(placed).map(({ at, message, hint }): DefinitionProblem => {
          const path = [...gatewayPath(mesh, index, gateway.key, at), ...at];
          return { code: 'MESH-GATEWAY', path, message, hint };
        }),
      );
    });
  });
  return withoutRepeats(problems);
};

/** Where a gateway is defined: in the cluster, if what is wrong is there. */
export function gatewayPath(
  { gateways = {}, clusters }: AnyMeshDefinition,
  index: number,
  key: string,
  [first = '']: DefinitionPath,
): DefinitionPath {
  const own = clusters[index]?.gateways?.[key];
  const isOfCluster = gateways[key] === undefined || (isMap(own) && own[String(first)] !== undefined);
  return [...(isOfCluster ? ['clusters', index] : []), 'gateways', key];
}

/** Without a control plane that injects them, pods keep the image `auto`, which does not exist. */
function knownRevision({ gateway, cluster, istio }: PlacedGateway): PlacedProblem[] {
  const { revision } = gateway;
  const planes = [istio, ...(istio.canary === undefined ? [] : [istio.canary])];
  const tags = planes.flatMap(({ values }) =>
    Array.isArray(values.revisionTags) ? values.revisionTags : [],
  );
  const known = [...planes.map((plane) => plane.revision), ...tags.map(String), 'default'];
  if (revision === undefined || known.includes(revision)) return [];
  return [
    {
      at: ['revision'],
      message: `No control plane of ${cluster.name} has the revision or the tag ${revision}, so nothing injects the proxy.`,
      hint: `Write one of ${[...new Set(known)].join(', ')}, or add the tag to istio.values.revisionTags.`,
    },
  ];
}

/** Two objects of a kind cannot have the same name in a namespace. */
function ownNames({ gateway, others, cluster, istio, mesh }: PlacedGateway): PlacedProblem[] {
  const { name, namespace } = gateway;
  const at = ['name'];
  const neighbors = others.filter((other) => other.namespace.name === namespace.name);
  const twin = neighbors.find((other) => other.name === name);
  if (twin !== undefined) {
    const message = `The gateways ${twin.key} and ${gateway.key} have the same name, ${name}, in ${namespace.name}.`;
    return [{ at, message, hint: 'Write another name, or another namespace.' }];
  }
  const owner =
    (namespace.name === eastWestNamespace(cluster, mesh) ? eastWestOwner(name, mesh, cluster) : undefined) ??
    (namespace.name === istioSystem ? ownerInIstioSystem(name, istio) : undefined);
  if (owner === undefined) return sharedAccount(gateway, neighbors);
  const hint =
    name === 'istio-ingressgateway'
      ? 'Write istio.profile: minimal if this gateway replaces it, or another name or namespace.'
      : 'Write another name, or another namespace.';
  return [{ at, message: `${name} in ${namespace.name} is the name of ${owner}.`, hint }];
}

function ownerInIstioSystem(name: string, { profile }: ClusterIstio): string | undefined {
  if (/^istiod(-|$)/.test(name)) return 'a Service of istiod';
  const hasIngressGateway = profile !== 'minimal';
  if (name === 'istio-ingressgateway' && hasIngressGateway)
    return `the ingress gateway of the profile ${profile}`;
  return undefined;
}

function eastWestOwner(
  name: string,
  mesh: AnyMeshDefinition,
  cluster: ClusterDefinition,
): string | undefined {
  const dataPlane = dataPlaneOf(mesh, cluster);
  if (name === eastWestGatewayName) return 'the east-west gateway';
  if (!hasAmbient(dataPlane)) return undefined;
  const own = eastWestGatewayOf(cluster, mesh);
  const isTaken = own !== undefined && ambientNameOf(own.ambient, dataPlane) === name;
  return isTaken ? 'the east-west gateway of ambient mode' : undefined;
}

function sharedAccount(gateway: GatewaySettings, others: readonly GatewaySettings[]): PlacedProblem[] {
  const account = writtenAccount(gateway);
  const owner = others.find((other) => account !== undefined && writtenAccount(other) === account);
  if (owner === undefined) return [];
  return [
    {
      at: ['serviceAccount'],
      message: `The gateways ${owner.key} and ${gateway.key} both write the service account ${account}.`,
      hint: 'Write another serviceAccount.name, or serviceAccount.create: false and rbac.enabled: false in one of the two.',
    },
  ];
}

function writtenAccount({ name, values: { serviceAccount, rbac } }: GatewaySettings): string | undefined {
  if (!serviceAccount?.create && !rbac?.enabled) return undefined;
  return serviceAccount?.name || (serviceAccount?.create ? name : 'default');
}

/** istiod of other clusters uses all gateways of a network, and the cross-network Gateway selects the pods of one. */
function oneNetworkGateway({ gateway, others, cluster, istio }: PlacedGateway): PlacedProblem[] {
  const { networkGateway } = gateway.values;
  const at = ['networkGateway'];
  if (!networkGateway) return [];
  if (!hasSidecars(istio.dataPlane)) {
    const message = `${cluster.name} is in ambient mode, in which other networks enter only through the east-west gateway.`;
    return [{ at, message, hint: 'Remove networkGateway, and write its settings in eastWestGateway.' }];
  }
  if (networkGateway !== cluster.network) {
    const message = `The network of ${cluster.name} is ${cluster.network}, not ${networkGateway}.`;
    return [
      {
        at,
        message,
        hint: `Write networkGateway: ${cluster.network}, or define the gateway in its own cluster.`,
      },
    ];
  }
  if (cluster.eastWestGateway !== 'disabled') {
    return [
      {
        at,
        message: `${networkGateway} has two gateways in ${cluster.name}: ${gateway.key} and eastWestGateway.`,
        hint: 'Remove networkGateway, or write eastWestGateway: disabled in the cluster.',
      },
    ];
  }
  const other = others.find(({ values }) => values.networkGateway === networkGateway);
  if (other === undefined) return [];
  const message = `${networkGateway} has two gateways in ${cluster.name}: ${other.key} and ${gateway.key}.`;
  return [{ at, message, hint: 'Remove networkGateway from one of the two.' }];
}

/** Helm reads the value only where the chart is a dependency of another one. */
function notSwitchedOff({ gateway: { key, values } }: PlacedGateway): PlacedProblem[] {
  if (values.enabled !== false) return [];
  const hint = `Remove the gateway, or write ${key}: disabled in the clusters that do not have it.`;
  return [{ at: ['enabled'], message: `The gateway ${key} is switched off.`, hint }];
}
