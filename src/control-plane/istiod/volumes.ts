import { type MountedVolume, secretVolume } from '../../kubernetes/container';
import { isSet } from '../../kubernetes/object';
import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../input';
import { tokenSource } from '../token-source';
import { trustBundleApi } from './api-groups';
import { jwksRootsName } from './config-maps';

/** The mounts of istiod in the order of Istio's chart. In another order, Kubernetes would replace running pods. */
export const mountOrder = ['istio-token', 'local-certs', 'cacerts', 'istio-kubeconfig', 'extracacerts'];

/** The volumes of istiod's pod, in the order of Istio's chart. The sources of optional volumes need not exist. */
export function volumes(input: ControlPlaneInput): readonly MountedVolume[] {
  const { global, pilot } = input.values;
  const secret = (name: string, secretName: string, mountPath: string): MountedVolume =>
    secretVolume(name, secretName, mountPath, secretName === input.requiredSecret ? 'required' : 'optional');
  return [
    {
      volume: { name: 'local-certs', emptyDir: { medium: 'Memory' } },
      mount: { mountPath: '/var/run/secrets/istio-dns' },
    },
    {
      volume: { name: 'istio-token', projected: { sources: [tokenSource(global.sds.token.aud)] } },
      mount: { mountPath: '/var/run/secrets/tokens', readOnly: true },
    },
    // The plugged-in CA certificate.
    secret('cacerts', 'cacerts', '/etc/cacerts'),
    secret('istio-kubeconfig', 'istio-kubeconfig', '/var/run/secrets/remote'),
    // The certificate that cert-manager's istio-csr issues instead of istiod.
    secret('istio-csr-dns-cert', 'istiod-tls', '/var/run/secrets/istiod/tls'),
    {
      volume: { name: 'istio-csr-ca-configmap', ...rootCertificate(input) },
      mount: { mountPath: '/var/run/secrets/istiod/ca', readOnly: true },
    },
    ...jwksRootsVolume(input),
    ...(pilot.volumes as readonly unknown[] as readonly MountedVolume['volume'][]).map((volume) => ({
      volume,
    })),
  ];
}

function rootCertificate({ values }: ControlPlaneInput) {
  const { trustBundleName } = values.global;
  if (!trustBundleApi(values))
    return {
      configMap: { name: trustBundleName || 'istio-ca-root-cert', defaultMode: 0o644, optional: true },
    };
  const clusterTrustBundle = {
    name: `istio.io:istiod-ca:${trustBundleName || 'root-cert'}`,
    path: 'root-cert.pem',
    optional: true,
  };
  return { projected: { sources: [{ clusterTrustBundle }] } };
}

function jwksRootsVolume({ revision, values }: ControlPlaneInput): readonly MountedVolume[] {
  if (!isSet(values.pilot.jwksResolverExtraRootCA)) return [];
  const name = withRevision(jwksRootsName, revision);
  return [{ volume: { name: 'extracacerts', configMap: { name } }, mount: { mountPath: '/cacerts' } }];
}
