import { helloWorld } from '../mesh/hello-world';

/** An address to which a proxy sends the requests for a Service. */
export interface ProxyEndpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * The endpoints of HelloWorld that a proxy knows, out of Envoy's own list in JSON; undefined for anything
 * else than such a list.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--clusters
 */
export function helloWorldEndpoints(clusters: string): ProxyEndpoint[] | undefined {
  const { service, namespace, port } = helloWorld;
  const name = `outbound|${port}||${service}.${namespace}.svc.`;
  try {
    const { cluster_statuses: statuses } = JSON.parse(clusters) as EnvoyClusters;
    return statuses
      .filter((status) => status.name.startsWith(name))
      .flatMap(({ host_statuses: hosts = [] }) => hosts)
      .flatMap(({ address }) => {
        const { address: host, port_value: port } = address.socket_address ?? {};
        return host === undefined || port === undefined ? [] : { address: host, port };
      });
  } catch {
    return undefined;
  }
}

interface EnvoyClusters {
  readonly cluster_statuses: readonly {
    readonly name: string;
    readonly host_statuses?: readonly {
      readonly address: {
        readonly socket_address?: { readonly address?: string; readonly port_value?: number };
      };
    }[];
  }[];
}
