import type { MountedVolume } from '../../kubernetes/container';
import { revocationLists } from '../../mesh/istio-names';
import { tokenSource } from '../token-source';
import type { ZtunnelInput } from './ztunnel-values';

/** The path of the list of revoked certificates. */
export const revocationList = '/var/run/secrets/istio/crl/ca-crl.pem';

/** The volumes that ztunnel itself needs. */
export function volumes(input: ZtunnelInput): readonly MountedVolume[] {
  return [
    {
      volume: { name: 'istio-token', projected: { sources: [tokenSource('istio-ca')] } },
      mount: at('/var/run/secrets/tokens'),
    },
    { volume: { name: 'istiod-ca-cert', ...rootCertificate(input) }, mount: at('/var/run/secrets/istio') },
    // The CNI node agent, which hands over the pods of the node here, may start later.
    {
      volume: {
        name: 'cni-ztunnel-sock-dir',
        hostPath: { path: '/var/run/ztunnel', type: 'DirectoryOrCreate' },
      },
      mount: at('/var/run/ztunnel'),
    },
    { volume: { name: 'tmp', emptyDir: {} }, mount: at('/tmp') },
    ...(input.values.peerCaCrl.enabled ? [revokedCertificates] : []),
  ];
}

function at(mountPath: string) {
  return { mountPath };
}

function rootCertificate({ values }: ZtunnelInput) {
  const { env, trustBundleName } = values;
  if (env.ENABLE_CLUSTER_TRUST_BUNDLE_API !== true) {
    return { configMap: { name: trustBundleName || 'istio-ca-root-cert' } };
  }
  const name = `istio.io:istiod-ca:${trustBundleName || 'root-cert'}`;
  return { projected: { sources: [{ clusterTrustBundle: { name, path: 'root-cert.pem' } }] } };
}

const revokedCertificates: MountedVolume = {
  volume: { name: 'crl-volume', configMap: { name: revocationLists, optional: true } },
  mount: { mountPath: '/var/run/secrets/istio/crl', readOnly: true },
};
