import type { KubernetesObject } from '@kubernetes/client-node';
import { hostsOfDomain } from '../mesh/cluster-domain';
import { crossNetworkPort } from '../mesh/istio-names';
import { hasLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { isSubset } from './visibility';

/** Istio's resource Gateway, as an API server returns it. */
export interface IstioGateway extends KubernetesObject {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly servers?: readonly GatewayServer[];
  };
}

interface GatewayServer {
  readonly port?: { readonly number?: number; readonly protocol?: string };
  readonly tls?: { readonly mode?: string };
  readonly hosts?: readonly string[];
}

interface ServerOfGateway {
  readonly gateway: IstioGateway;
  readonly server: GatewayServer;
}

/** What a Gateway must do for a cluster. */
export interface PassthroughNeeds {
  readonly cluster: string;
  /** The domain of the Services of the cluster, such as cluster.local. */
  readonly clusterDomain: string;
  /**
   * The host of HelloWorld.
   * @default - none: one Service of the cluster is enough
   */
  readonly helloWorldHost?: string;
  /** The hosts that the mesh exposes. */
  readonly exposedHosts: readonly string[];
  /** The labels of each ready pod of the gateway. */
  readonly podLabels: readonly Readonly<Record<string, string>>[];
}

/**
 * Why the pods of a gateway do not pass connections from other networks through to the Services; empty if
 * they do. Every server that comes closer to what is needed narrows the answer.
 */
export function passthroughProblems(
  gateways: readonly IstioGateway[],
  needs: PassthroughNeeds,
): UnlocatedProblem[] {
  const { cluster, clusterDomain, helloWorldHost, podLabels } = needs;
  const start = `The east-west gateway of ${cluster} rejects traffic from other networks`;
  const apply = `Apply 50-cross-network-gateway.k8s.yaml of ${cluster}`;
  const servers = gateways.flatMap((gateway) =>
    (gateway.spec?.servers ?? []).map((server) => ({ gateway, server })),
  );
  const passing = servers.filter(({ server }) => server.tls?.mode === 'AUTO_PASSTHROUGH');
  if (passing.length === 0) {
    return [lasting(`${start}: no Gateway has a server with TLS mode AUTO_PASSTHROUGH.`, `${apply}.`)];
  }
  const onPort = passing.filter(({ server }) => server.port?.number === crossNetworkPort);
  if (onPort.length === 0) {
    const ports = passing.map(({ server }) => server.port?.number ?? 'none').join(', ');
    const message = `${start}: the server with TLS mode AUTO_PASSTHROUGH of ${namesOf(passing)} has port ${ports}, not ${crossNetworkPort}.`;
    return [lasting(message, `${apply}.`)];
  }
  const selected = onPort.filter(
    ({ gateway }) => podLabels.length === 0 || podLabels.some((labels) => matches(gateway, labels)),
  );
  if (selected.length === 0) {
    const message = `${start}: the selector of ${namesOf(onPort)} does not match the labels of the gateway's pods.`;
    return [lasting(message, `${apply}, which has the selector.`)];
  }
  const hosts = selected.flatMap(({ server }) => server.hosts ?? []);
  if (hosts.some((pattern) => (helloWorldHost === undefined ? isWithin : covers)(pattern, needs))) {
    return exposureProblems(selected, needs);
  }
  const service = helloWorldHost ?? `*.svc.${clusterDomain}`;
  const message = `${start} for ${service}: ${namesOf(selected)} has the hosts ${hosts.join(', ') || 'none'}.`;
  const hint = `${apply}, which has the hosts. The Services of ${cluster} have the domain ${clusterDomain}.`;
  return [lasting(message, hint)];
}

/** Where a mesh limits what it exposes, the Gateways must expose that and no more. */
function exposureProblems(
  selected: readonly ServerOfGateway[],
  { cluster, clusterDomain, exposedHosts }: PassthroughNeeds,
): UnlocatedProblem[] {
  if (exposedHosts.includes(hostsOfDomain(clusterDomain))) return [];
  const apply = `Apply 50-cross-network-gateway.k8s.yaml of ${cluster}`;
  const hosts = selected.flatMap(({ server }) => server.hosts ?? []).map(nameOf);
  const missing = exposedHosts.filter((host) => !hosts.some((pattern) => isSubset(host, pattern)));
  const surplus = selected.flatMap(({ gateway, server }) =>
    (server.hosts ?? [])
      .filter((host) => !exposedHosts.some((pattern) => isSubset(nameOf(host), pattern)))
      .map((host) => `Gateway ${gateway.metadata?.namespace}/${gateway.metadata?.name} has ${host}`),
  );
  const start = `The east-west gateway of ${cluster}`;
  return [
    ...(missing.length === 0
      ? []
      : [lasting(`${start} does not expose ${missing.join(', ')}, as the mesh defines.`, `${apply}.`)]),
    ...(surplus.length === 0
      ? []
      : [
          lasting(
            `${start} exposes more to other networks than the mesh defines: ${surplus.join(', ')}.`,
            `${apply}, delete Gateways of your own with TLS mode AUTO_PASSTHROUGH, or add the hosts to exposure.`,
          ),
        ]),
  ];
}

function matches({ spec }: IstioGateway, labels: Readonly<Record<string, string>>): boolean {
  return hasLabels(labels, spec?.selector);
}

/** Whether a host of a Gateway, such as `*.local`, covers HelloWorld. */
function covers(pattern: string, { helloWorldHost = '' }: PassthroughNeeds): boolean {
  return isSubset(helloWorldHost, nameOf(pattern));
}

/** Whether a host covers any Service of the cluster. */
function isWithin(pattern: string, { clusterDomain }: PassthroughNeeds): boolean {
  const services = `.svc.${clusterDomain}`;
  const name = nameOf(pattern);
  return (
    name === '*' || name.endsWith(services) || (name.startsWith('*.') && services.endsWith(name.slice(1)))
  );
}

/** A host without its namespace, which istiod ignores with TLS mode AUTO_PASSTHROUGH. */
function nameOf(host: string): string {
  return host.slice(host.indexOf('/') + 1);
}

function namesOf(servers: readonly ServerOfGateway[]): string {
  const names = servers.map(({ gateway: { metadata } }) => `${metadata?.namespace}/${metadata?.name}`);
  return `Gateway ${[...new Set(names)].join(' and ')}`;
}
