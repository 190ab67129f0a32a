import { go } from './expression';
import type { InjectionInput } from './injection-input';
import {
  bootstrapOverrideMount,
  bootstrapOverrideVolume,
  memoryVolume,
  mount,
  mtlsCertificatesMount,
  mtlsCertificatesVolume,
  podInfoVolume,
  rootCertificateVolume,
  tokenVolume,
  trustsRootOfIstiod,
  userVolumeMounts,
  userVolumes,
  workloadCertificateMount,
  workloadCertificateVolume,
} from './proxy-volumes';
import { type TemplateList, when } from './template';

const lightstepSettings = go`.ProxyConfig.GetTracing.GetTlsSettings`;

/** The volumes of a pod with a sidecar. */
export function sidecarVolumes(input: InjectionInput): TemplateList {
  return [
    // Istio leaves these without a source, which Kubernetes takes for empty folders.
    { name: 'workload-socket', emptyDir: null },
    { name: 'credential-socket', emptyDir: null },
    workloadCertificateVolume(input, null),
    bootstrapOverrideVolume,
    memoryVolume('istio-envoy'),
    { name: 'istio-data', emptyDir: {} },
    podInfoVolume,
    tokenVolume(input),
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
    { name: 'istio-ca-crl', configMap: { name: 'istio-ca-crl', optional: true } },
    mtlsCertificatesVolume(input),
    userVolumes,
    tracesToLightstep(input)
      ? when(lightstepSettings, {
          name: 'lightstep-certs',
          secret: { optional: true, secretName: 'lightstep.cacert' },
        })
      : undefined,
  ];
}

/** Where a sidecar has them. */
export function sidecarVolumeMounts(input: InjectionInput): TemplateList {
  const istiodRoot = [
    mount('istiod-ca-cert', '/var/run/secrets/istio'),
    mount('istio-ca-crl', '/var/run/secrets/istio/crl'),
  ];
  return [
    mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
    mount('credential-socket', '/var/run/secrets/credential-uds'),
    workloadCertificateMount(input),
    ...(trustsRootOfIstiod(input) ? istiodRoot : []),
    mount('istio-data', '/var/lib/istio/data'),
    bootstrapOverrideMount,
    mount('istio-envoy', '/etc/istio/proxy'),
    mount('istio-token', '/var/run/secrets/tokens'),
    mtlsCertificatesMount(input),
    mount('istio-podinfo', '/etc/istio/pod'),
    tracesToLightstep(input)
      ? when(lightstepSettings, {
          mountPath: go`directory .ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates`,
          name: 'lightstep-certs',
          readOnly: true,
        })
      : undefined,
    userVolumeMounts,
  ];
}

function tracesToLightstep({ values }: InjectionInput): boolean {
  return values.global.proxy.tracer === 'lightstep';
}
