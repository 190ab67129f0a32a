import { type Certificate, readCertificate } from '../pki/certificate';
import { pemBlocks } from '../pki/pem';
import type { LiveCluster } from './live-cluster';
import { mapLimited } from './map-limited';
import { proxyContainer } from './observe-pods';
import { oldestOfEachWorkload, type ProxyPod } from './proxy';
import { askProxy } from './proxy-request';

/** The certificates that a running proxy holds. */
export interface ProxySecrets {
  readonly proxy: ProxyPod;
  /** The certificate that it presents, and its issuers. */
  readonly chain: readonly Certificate[];
  /** The root certificates that it trusts. */
  readonly roots: readonly Certificate[];
  /** The lists of revoked certificates, in PEM; empty without lists. */
  readonly revocationLists: string;
}

/** The largest number of proxies to ask, and how many at a time. */
const maxProxies = 200;
const atOnce = 8;

/** The proxies to ask: the oldest ready one of each workload, up to a number of them, or all. */
export type ProxySelection = 'oldest of each workload' | 'all';

/** Asks proxies for their certificates. Those that do not answer are left out. */
export async function observeProxySecrets(
  live: LiveCluster,
  proxies: readonly ProxyPod[],
  selection: ProxySelection = 'oldest of each workload',
): Promise<ProxySecrets[]> {
  const asked =
    selection === 'all'
      ? proxies
      : oldestOfEachWorkload(proxies.filter(({ ready }) => ready)).slice(0, maxProxies);
  const secrets = await mapLimited(asked, atOnce, (proxy) => observeSecrets(live, proxy));
  return secrets.filter((found) => found !== undefined);
}

/** Undefined if the proxy does not answer. */
async function observeSecrets(live: LiveCluster, proxy: ProxyPod): Promise<ProxySecrets | undefined> {
  const path = 'config_dump?resource=dynamic_active_secrets';
  const secrets = parseSecrets(await askProxy(live, { ...proxy, container: proxyContainer }, path, 10));
  return secrets && { proxy, ...secrets };
}

/**
 * Parses the Secrets that Envoy has received from its agent; undefined for any other text. Envoy leaves out
 * private keys.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--config_dump
 */
function parseSecrets(text: string): Omit<ProxySecrets, 'proxy'> | undefined {
  try {
    const { configs = [] } = JSON.parse(text) as ConfigDump;
    const secretOf = (name: string) => configs.find((config) => config.name === name)?.secret;
    const chain = secretOf('default')?.tls_certificate?.certificate_chain?.inline_bytes;
    const { trusted_ca, crl } = secretOf('ROOTCA')?.validation_context ?? {};
    const roots = trusted_ca?.inline_bytes;
    if (chain === undefined || roots === undefined) return undefined;
    return {
      chain: certificatesIn(decoded(chain)),
      roots: certificatesIn(decoded(roots)),
      revocationLists: decoded(crl?.inline_bytes ?? ''),
    };
  } catch {
    return undefined;
  }
}

interface ConfigDump {
  readonly configs?: readonly {
    readonly name: string;
    readonly secret?: {
      readonly tls_certificate?: { readonly certificate_chain?: { readonly inline_bytes?: string } };
      readonly validation_context?: {
        readonly trusted_ca?: { readonly inline_bytes?: string };
        readonly crl?: { readonly inline_bytes?: string };
      };
    };
  }[];
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** The certificates in a PEM text; those that cannot be read are left out. */
export function certificatesIn(pem: string): Certificate[] {
  return pemBlocks(pem).flatMap(({ label, der }) => {
    if (label !== 'CERTIFICATE') return [];
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });
}
