import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CaCerts, caCertsFiles } from '../pki/ca-certs';
import { formatRemoteKubeconfig, type RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { caCertsMetadata, remoteSecretMetadata, type SecretMetadata } from '../secrets/mesh-secrets';

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
 * new CaCertsSecret(chart, 'cacerts', { caCert, caKey, rootCert, certChain });
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsSecret extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsSecretProps) {
    super(scope, id);
    const files = Object.entries(caCertsFiles) as [keyof CaCerts, string][];
    const data = Object.fromEntries(files.map(([part, file]) => [file, props[part]]));
    addSecret(this, caCertsMetadata(props.namespace), data);
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
 * new RemoteSecret(chart, 'cluster2', {
 *   clusterName: 'cluster2',
 *   kubeconfig: { server: 'https://cluster2.example.com:6443', certificateAuthorityData, user: { token } },
 * });
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class RemoteSecret extends Construct {
  constructor(scope: Construct, id: string, props: RemoteSecretProps) {
    super(scope, id);
    const { clusterName, kubeconfig, namespace } = props;
    addSecret(this, remoteSecretMetadata(clusterName, namespace), {
      [clusterName]: formatRemoteKubeconfig(clusterName, kubeconfig),
    });
  }
}

function addSecret(
  scope: Construct,
  metadata: SecretMetadata,
  texts: Readonly<Record<string, string>>,
): void {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  new ApiObject(scope, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    type: 'Opaque',
    data: Object.fromEntries(data),
  });
}
