import { apiServerProblem, apiServerSyntaxProblem } from '../mesh/api-server-address';
import { isLocalProxy, proxyUrl } from '../mesh/proxy-address';
import { type Validity, validateCertificates } from './credentials';
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

/** Reads the address and the certificate authority of the API server; reports what istiod cannot use. */
export function readCluster(
  document: KubeconfigDocument,
  cluster: KubeconfigMap,
  validity: Validity,
): Partial<RemoteKubeconfig> {
  warnOfUnknownKeys(document, cluster, clusterKeys);
  refuseFiles(document, cluster);
  refuseUnverified(document, cluster);
  return {
    server: readServer(document, cluster),
    certificateAuthorityData: validateCertificates(document, cluster, 'certificate-authority-data', validity),
    tlsServerName: document.string(cluster, 'tls-server-name'),
    proxyUrl: readProxy(document, cluster),
  };
}

function readServer(document: KubeconfigDocument, cluster: KubeconfigMap): string | undefined {
  const before = document.problems.length;
  const server = document.string(cluster, 'server');
  if (server === undefined) {
    if (document.problems.length > before) return undefined;
    const hint = 'Set server to the address of the API server, such as https://203.0.113.10:6443.';
    document.refuse(cluster, 'server', 'REMOTE-SERVER', 'The cluster has no server.', hint);
    return undefined;
  }
  // Through a proxy, the proxy resolves the address.
  const isProxied = document.has(cluster, 'proxy-url');
  const problem = isProxied ? apiServerSyntaxProblem(server) : apiServerProblem(server);
  if (problem) document.refuse(cluster, 'server', problem.code, problem.message, problem.hint);
  return server;
}

function refuseFiles(document: KubeconfigDocument, cluster: KubeconfigMap): void {
  if (!document.has(cluster, 'certificate-authority')) return;
  document.refuse(
    cluster,
    'certificate-authority',
    'REMOTE-PATH',
    'certificate-authority refers to a file, which istiod does not have.',
    document.has(cluster, 'certificate-authority-data')
      ? 'Remove it: certificate-authority-data is there too.'
      : 'Set certificate-authority-data to the content of the file in base64, or run kubectl config view --raw --flatten.',
  );
}

/** istiod would accept it, but an attacker could intercept the token, which can read Secrets. */
function refuseUnverified(document: KubeconfigDocument, cluster: KubeconfigMap): void {
  if (!document.has(cluster, 'insecure-skip-tls-verify')) return;
  document.refuse(
    cluster,
    'insecure-skip-tls-verify',
    'REMOTE-INSECURE',
    'insecure-skip-tls-verify allows an attacker to intercept the credentials, which can read Secrets.',
    'Remove it and set certificate-authority-data. If the certificate has another name, also set tls-server-name.',
  );
}

/** istiod supports a proxy, like every Kubernetes client. */
function readProxy(document: KubeconfigDocument, cluster: KubeconfigMap): string | undefined {
  const proxy = document.string(cluster, 'proxy-url');
  if (proxy === undefined) return undefined;
  const url = proxyUrl(proxy);
  if (url === undefined) {
    const hint =
      'Use an address that starts with http://, https:// or socks5://, such as http://203.0.113.20:3128.';
    document.refuse(cluster, 'proxy-url', 'REMOTE-PROXY', 'proxy-url is not the address of a proxy.', hint);
  } else if (isLocalProxy(url)) {
    const message = 'proxy-url is an address of this machine, but no proxy runs beside istiod.';
    const hint = 'Remove it, or use the address of a proxy that the other clusters can reach.';
    document.refuse(cluster, 'proxy-url', 'REMOTE-PROXY', message, hint);
  }
  return proxy;
}
