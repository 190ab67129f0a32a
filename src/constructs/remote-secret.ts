import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { formatRemoteKubeconfig, type RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { remoteSecretMetadata } from '../secrets/metadata';

/** A remote cluster, and how istiod reaches it. */
export interface RemoteSecretProps {
  /**
   * The name of the remote cluster, exactly as its own istiod calls itself. istiod ignores a secret for
   * its own name, and treats one for an unknown name as a further cluster.
   */
  readonly clusterName: string;
  readonly kubeconfig: RemoteKubeconfig;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * The Secret by which one cluster's istiod reads the Services and endpoints of another, as
 * `istioctl create-remote-secret` makes it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class RemoteSecret extends Construct {
  constructor(scope: Construct, id: string, props: RemoteSecretProps) {
    super(scope, id);
    const { clusterName, kubeconfig, namespace } = props;
    const text = formatRemoteKubeconfig(clusterName, kubeconfig);
    new ApiObject(this, 'secret', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: remoteSecretMetadata(clusterName, namespace),
      type: 'Opaque',
      data: { [clusterName]: Buffer.from(text).toString('base64') },
    });
  }
}
