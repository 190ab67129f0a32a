import { go, goText } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, isAnnotated } from './pod';
import { type Conditional, each, type Template, type TemplateMap, when, yaml } from './template';

/** The mount of a volume in a container. */
export function mount(name: string, mountPath: string, more: TemplateMap = {}): TemplateMap {
  return { name, mountPath, ...more };
}

/** An empty directory in memory. */
export function memoryVolume(name: string): TemplateMap {
  return { name, emptyDir: { medium: 'Memory' } };
}

/** The workload's certificate, from GKE, or from another program that writes it to an empty directory. */
export function workloadCertificateVolume(input: InjectionInput, emptyDir: Template): TemplateMap {
  return isOfGke(input)
    ? { name: 'gke-workload-certificate', csi: { driver: 'workloadcertificates.security.cloud.google.com' } }
    : { name: 'workload-certs', emptyDir };
}

export function workloadCertificateMount(input: InjectionInput): TemplateMap {
  const path = '/var/run/secrets/workload-spiffe-credentials';
  return isOfGke(input)
    ? mount('gke-workload-certificate', path, { readOnly: true })
    : mount('workload-certs', path);
}

function isOfGke({ values }: InjectionInput): boolean {
  return values.global.caName === 'GkeWorkloadCertificate';
}

/** Whether proxies verify istiod with istiod's own root certificate. */
export function trustsRootOfIstiod({ values }: InjectionInput): boolean {
  return values.global.pilotCertProvider === 'istiod';
}

/** The root certificate of istiod, from a ConfigMap in each namespace or a ClusterTrustBundle. */
export function rootCertificateVolume({ values }: InjectionInput): TemplateMap {
  const { trustBundleName } = values.global;
  const clusterTrustBundle = {
    name: `istio.io:istiod-ca:${trustBundleName || 'root-cert'}`,
    path: 'root-cert.pem',
  };
  return values.pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API === true
    ? { name: 'istiod-ca-cert', projected: { sources: [{ clusterTrustBundle }] } }
    : { name: 'istiod-ca-cert', configMap: { name: trustBundleName || 'istio-ca-root-cert' } };
}

/** The pod's labels and annotations. */
export const podInfoVolume: TemplateMap = {
  name: 'istio-podinfo',
  downwardAPI: {
    items: ['labels', 'annotations'].map((path) => ({
      path,
      fieldRef: { fieldPath: `metadata.${path}` },
    })),
  },
};

/** The token with which the proxy authenticates to istiod. */
export function tokenVolume({ values }: InjectionInput): TemplateMap {
  return serviceAccountTokenVolume('istio-token', values.global.sds.token.aud);
}

/** A token of the pod's service account, valid for 12 hours. */
export function serviceAccountTokenVolume(name: string, audience: string, path = name): TemplateMap {
  const serviceAccountToken = { path, expirationSeconds: 43200, audience };
  return { name, projected: { sources: [{ serviceAccountToken }] } };
}

/** Certificates from a Secret named after the service account; undefined if the values do not enable it. */
export function mtlsCertificatesVolume({ values }: InjectionInput): TemplateMap | undefined {
  if (!values.global.mountMtlsCerts) return undefined;
  const secretName = goText`istio.${go`.Spec.ServiceAccountName | default "default"`}`;
  return { name: 'istio-certs', secret: { optional: true, secretName } };
}

export function mtlsCertificatesMount({ values }: InjectionInput): TemplateMap | undefined {
  return values.global.mountMtlsCerts ? mount('istio-certs', '/etc/certs/', { readOnly: true }) : undefined;
}

/** The annotation names a ConfigMap with an Envoy bootstrap configuration that replaces Istio's. */
const bootstrapOverride = 'sidecar.istio.io/bootstrapOverride';
const hasBootstrapOverride = isAnnotated(bootstrapOverride);

export const bootstrapOverrideVolume: Conditional = when(hasBootstrapOverride, {
  name: 'custom-bootstrap-volume',
  configMap: { name: annotation(bootstrapOverride) },
});

export const bootstrapOverrideMount: Conditional = when(
  hasBootstrapOverride,
  mount('custom-bootstrap-volume', '/etc/istio/custom-bootstrap'),
);

export const bootstrapOverrideEnvironment: Conditional = when(hasBootstrapOverride, {
  name: 'ISTIO_BOOTSTRAP_OVERRIDE',
  value: '/etc/istio/custom-bootstrap/custom_bootstrap.json',
});

/** The volumes that the pod adds for its proxy. */
export const userVolumes: Conditional = named('sidecar.istio.io/userVolume');

/** The volume mounts that the pod adds to its proxy. */
export const userVolumeMounts: Conditional = named('sidecar.istio.io/userVolumeMount');

/** The items of an annotation, which is JSON: a list, or a map with names as keys. */
function named(name: string): Conditional {
  const items = each(go`fromJSON ${annotation(name)}`, (key, item) => [
    yaml(go`merge ${item} (dict "name" (print ${key})) | toJson`),
  ]);
  return when(isAnnotated(name), items);
}
