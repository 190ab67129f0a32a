import { apiServerProblem } from '../mesh/definition-schema';
import { validateCertificates } from './credentials';
import { type KubeconfigDocument, type KubeconfigMap, warnOfUnknownKeys } from './kubeconfig-document';
import type { RemoteKubeconfig } from './remote-kubeconfig';

const clusterKeys = [
  'certificate-authority',
  'certificate-authority-data',
  'disable-compression',
  'extensions',
  'insecure-skip-tls-verify',
  'proxy-url',
  'server',
  'tls-server-name',
];

/** Schemes of proxies that Kubernetes clients speak. */
const proxySchemes = ['http:', 'https:', 'socks5:'];

/** Where the API server is, and how it is known to be the right one; notes what istiod cannot use. */
export function readCluster(
  document: KubeconfigDocument,
  cluster: KubeconfigMap,
  now: Date,
): Partial<RemoteKubeconfig> {
  warnOfUnknownKeys(document, cluster, clusterKeys);
  refuseFiles(document, cluster);
  refuseUnverified(document, cluster);
  return {
    server: readServer(document, cluster),
    certificateAuthorityData: validateCertificates(document, cluster, 'certificate-authority-data', now),
    tlsServerName: document.string(cluster, 'tls-server-name'),
    proxyUrl: readProxy(document, cluster),
  };
}

function readServer(document: KubeconfigDocument, cluster: KubeconfigMap): string | undefined {
  const before = document.problems.length;
  const server = document.string(cluster, 'server');
  if (server === undefined) {
    if (document.problems.length > before) return undefined;
    const remedy = 'Write server: with the address of the API server, such as https://203.0.113.10:6443.';
    document.refuse(cluster, 'server', 'REMOTE-SERVER', 'The cluster has no server.', remedy);
    return undefined;
  }
  const problem = apiServerProblem(server);
  if (problem) document.refuse(cluster, 'server', problem.code, problem.message, problem.hint);
  return server;
}

function refuseFiles(document: KubeconfigDocument, cluster: KubeconfigMap): void {
  if (!document.has(cluster, 'certificate-authority')) return;
  document.refuse(
    cluster,
    'certificate-authority',
    'REMOTE-PATH',
    'certificate-authority names a file, which istiod does not have.',
    'Write certificate-authority-data: with the content of the file in base64, or run kubectl config view --flatten.',
  );
}

/** istiod would take it, but the reader's token opens Secrets: whoever answers would get it. */
function refuseUnverified(document: KubeconfigDocument, cluster: KubeconfigMap): void {
  if (!document.has(cluster, 'insecure-skip-tls-verify')) return;
  document.refuse(
    cluster,
    'insecure-skip-tls-verify',
    'REMOTE-INSECURE',
    'insecure-skip-tls-verify lets anyone on the way take the credentials, which can read Secrets.',
    'Remove it, and write certificate-authority-data:, with tls-server-name: where the certificate has another name.',
  );
}

/** istiod does use a proxy, as every Kubernetes client does. */
function readProxy(document: KubeconfigDocument, cluster: KubeconfigMap): string | undefined {
  const proxy = document.string(cluster, 'proxy-url');
  if (proxy === undefined) return undefined;
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || !proxySchemes.includes(url.protocol)) {
    const remedy = 'Write an address that starts with http://, https:// or socks5://.';
    document.refuse(cluster, 'proxy-url', 'REMOTE-PROXY', 'proxy-url is not the address of a proxy.', remedy);
  } else if (apiServerProblem(`https://${url.host}`)?.code === 'REMOTE-LOOPBACK') {
    const found = 'proxy-url is a proxy on the very machine that uses it, and none runs beside istiod.';
    const remedy = 'Remove it, or write the address of a proxy that the other clusters reach.';
    document.refuse(cluster, 'proxy-url', 'REMOTE-PROXY', found, remedy);
  }
  return proxy;
}
