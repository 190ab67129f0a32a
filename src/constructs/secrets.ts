import { Construct } from 'constructs';
import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/object';
import { dnsLabel, nonEmptyString } from '../mesh/schema-types';
import { type CaCerts, type CaCertsPart, caCertsFiles, caCrlFile } from '../pki/ca-certs';
import { formatRemoteKubeconfig, type RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { caCertsMetadata, remoteSecretMetadata, type SecretMetadata } from '../secrets/mesh-secrets';
import { PlainApiObject } from './plain-api-object';
import { settingsOf, type Validated } from './props';

/** The CA certificate of one cluster, as texts in PEM. */
export interface CaCertsSecretProps extends CaCerts {
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * The Secret `cacerts` with the CA certificate that istiod signs workload certificates with. The Secret must
 * exist before istiod starts. Without it, istiod creates its own root certificate.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'cacerts');
 * const pem = (file: string) => readFileSync(`certs/cluster1/${file}`, 'utf8');
 * new CaCertsSecret(chart, 'cacerts', {
 *   caCert: pem('ca-cert.pem'),
 *   caKey: pem('ca-key.pem'),
 *   rootCert: pem('root-cert.pem'),
 *   certChain: pem('cert-chain.pem'),
 * });
 * @throws MeshError if a prop is invalid
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsSecret extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsSecretProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<CaCertsSecretProps>);
  constructor(scope: Construct, id: string, props: CaCertsSecretProps | Validated<CaCertsSecretProps>) {
    super(scope, id);
    const settings = settingsOf(this, props, caCertsSchema);
    const files = Object.entries(caCertsFiles) as [CaCertsPart, string][];
    const data = Object.fromEntries(files.map(([part, file]) => [file, settings[part]]));
    if (settings.caCrl !== undefined) data[caCrlFile] = settings.caCrl;
    new PlainApiObject(this, 'secret', secret(caCertsMetadata(settings.namespace), data));
  }
}

/** A remote cluster, and how istiod connects to its API server. */
export interface RemoteSecretProps {
  /**
   * The name of the remote cluster, exactly as in its own istiod. istiod ignores a remote secret with its own
   * cluster name, and treats an unknown name as another cluster.
   */
  readonly clusterName: string;
  /** The address and the credentials of the remote cluster's API server. */
  readonly kubeconfig: RemoteKubeconfig;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * The Secret with which istiod reads the Services and endpoints of another cluster, as
 * `istioctl create-remote-secret` prints it.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'remote-secrets');
 * new RemoteSecret(chart, 'cluster2', {
 *   clusterName: 'cluster2',
 *   kubeconfig: {
 *     server: 'https://cluster2.example.com:6443',
 *     user: { token: readFileSync('cluster2.token', 'utf8') },
 *   },
 * });
 * @throws MeshError if a prop is invalid
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class RemoteSecret extends Construct {
  constructor(scope: Construct, id: string, props: RemoteSecretProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<RemoteSecretProps>);
  constructor(scope: Construct, id: string, props: RemoteSecretProps | Validated<RemoteSecretProps>) {
    super(scope, id);
    const { clusterName, kubeconfig, namespace } = settingsOf(this, props, remoteSecretSchema);
    new PlainApiObject(this, 'secret', remoteSecret(clusterName, kubeconfig, namespace));
  }
}

/** The remote secrets for a cluster. All its peers get the same object, so that its text is made once. */
const remoteSecrets = new WeakMap<RemoteKubeconfig, KubernetesObject>();

function remoteSecret(
  clusterName: string,
  kubeconfig: RemoteKubeconfig,
  namespace: string | undefined,
): KubernetesObject {
  const metadata = remoteSecretMetadata(clusterName, namespace);
  const known = remoteSecrets.get(kubeconfig);
  if (known?.metadata.name === metadata.name && known.metadata.namespace === metadata.namespace) return known;
  const text = formatRemoteKubeconfig(clusterName, kubeconfig);
  const object = Object.freeze(secret(metadata, { [clusterName]: text }));
  remoteSecrets.set(kubeconfig, object);
  return object;
}

function secret(metadata: SecretMetadata, texts: Readonly<Record<string, string>>): KubernetesObject {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: Object.fromEntries(data) };
}

function caCertsSchema() {
  return z.strictObject({
    caCert: nonEmptyString,
    caKey: nonEmptyString,
    rootCert: nonEmptyString,
    certChain: z.string(),
    caCrl: nonEmptyString.optional(),
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<CaCertsSecretProps>;
}

function remoteSecretSchema() {
  const token = { token: nonEmptyString };
  const certificate = { clientCertificateData: nonEmptyString, clientKeyData: nonEmptyString };
  const password = { username: nonEmptyString, password: nonEmptyString };
  return z.strictObject({
    clusterName: nonEmptyString,
    kubeconfig: z.strictObject({
      server: nonEmptyString,
      certificateAuthorityData: nonEmptyString.optional(),
      tlsServerName: nonEmptyString.optional(),
      proxyUrl: nonEmptyString.optional(),
      user: z.union([
        z.strictObject(token),
        z.strictObject(certificate),
        z.strictObject(password),
        z.strictObject({ ...token, ...certificate }),
        z.strictObject({ ...password, ...certificate }),
      ]),
    }),
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<RemoteSecretProps>;
}
