import { type MountedVolume, secretVolume } from '../../kubernetes/container';
import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../input';
import { trustBundleApi } from '../istiod/api-groups';
import { tokenSource } from '../token-source';
import type { GatewayPod } from './pod-template';

/** The mounts in the order of Istio's charts. In another order, Kubernetes would replace running pods. */
export const proxyMountOrder = [
  'workload-socket',
  'credential-socket',
  'workload-certs',
  'istio-envoy',
  'config-volume',
  'istiod-ca-cert',
  'istio-token',
  'istio-certs',
  'istio-data',
  'podinfo',
];

/** The volumes of a gateway's proxy without injection, in the order of Istio's charts. */
export function proxyVolumes(
  input: ControlPlaneInput,
  { legacySecret }: Pick<GatewayPod, 'legacySecret'>,
): readonly MountedVolume[] {
  const { global } = input.values;
  return [
    empty('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
    empty('credential-socket', '/var/run/secrets/credential-uds'),
    empty('workload-certs', '/var/run/secrets/workload-spiffe-credentials'),
    ...rootCertificate(input),
    {
      volume: {
        name: 'podinfo',
        downwardAPI: {
          items: ['labels', 'annotations'].map((path) => ({
            path,
            fieldRef: { fieldPath: `metadata.${path}` },
          })),
        },
      },
      mount: { mountPath: '/etc/istio/pod' },
    },
    empty('istio-envoy', '/etc/istio/proxy'),
    empty('istio-data', '/var/lib/istio/data'),
    {
      volume: { name: 'istio-token', projected: { sources: [tokenSource(global.sds.token.aud)] } },
      mount: { mountPath: '/var/run/secrets/tokens', readOnly: true },
    },
    ...(legacySecret === undefined ? [] : [secretVolume('istio-certs', legacySecret, '/etc/certs')]),
    {
      volume: {
        name: 'config-volume',
        configMap: { name: withRevision('istio', input.revision), optional: true },
      },
      mount: { mountPath: '/etc/istio/config' },
    },
  ];
}

function empty(name: string, mountPath: string): MountedVolume {
  return { volume: { name, emptyDir: {} }, mount: { mountPath } };
}

/** The root certificate, if istiod issues the certificates. */
function rootCertificate({ values }: ControlPlaneInput): readonly MountedVolume[] {
  const { pilotCertProvider, trustBundleName } = values.global;
  if (pilotCertProvider !== 'istiod') return [];
  const clusterTrustBundle = {
    name: `istio.io:istiod-ca:${trustBundleName || 'root-cert'}`,
    path: 'root-cert.pem',
  };
  const source = trustBundleApi(values)
    ? { projected: { sources: [{ clusterTrustBundle }] } }
    : { configMap: { name: trustBundleName || 'istio-ca-root-cert' } };
  return [{ volume: { name: 'istiod-ca-cert', ...source }, mount: { mountPath: '/var/run/secrets/istio' } }];
}
