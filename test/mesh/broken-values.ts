import type { BrokenDefinition } from './broken-definitions';

/** A definition of the native format with values of Istio, on line 5 from column 5. */
const withValues = (values: string): string => `meshID: mesh1
istio:
  controlPlane: native
  values:
    ${values}
clusters:
  - { name: cluster1, network: network1 }
`;

/** A definition of the native format whose only cluster has an istio setting, on line 5 from column 14. */
export const withIstio = (setting: string): string => `meshID: mesh1
istio: { controlPlane: native }
clusters:
  - { name: cluster1, network: network1,
      istio: { ${setting} } }
`;

/** Definitions with a problem in Istio's values, which only the format native validates. */
export const brokenValues: readonly BrokenDefinition[] = [
  {
    title: 'a misspelled value',
    text: withValues('pilot: { autoscaleMn: 2 }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 14],
    message: '"autoscaleMn" is not a key of istio.values.pilot.',
    hint: 'Write "autoscaleMin".',
  },
  {
    title: 'a value unlike a few known ones',
    text: withValues('global: { logging: { verbosity: 9 } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 26],
    message: '"verbosity" is not a key of istio.values.global.logging.',
    hint: 'Write level, or remove it.',
  },
  {
    title: 'a value unlike many known ones',
    text: withValues('global: { kubernetesIngressClassSettings: true }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 15],
    message: '"kubernetesIngressClassSettings" is not a key of istio.values.global.',
    hint: 'Remove it, or write a key that exists here.',
  },
  {
    title: "a wrong value of pilot where Istio's chart has it",
    text: withValues('autoscaleMin: two'),
    code: 'MESH-TYPE',
    at: [5, 19],
    message: 'istio.values.autoscaleMin is "two", not a number.',
    hint: 'Write a whole number from 0 to 2147483647.',
  },
  {
    title: "values of pilot that contradict each other where Istio's chart has them",
    text: withValues('{ autoscaleMin: 4, autoscaleMax: 2 }'),
    code: 'MESH-VALUE',
    at: [5, 38],
    message: 'autoscaleMin is 4, which is greater than autoscaleMax, 2.',
    hint: 'Write an autoscaleMax of at least 4, or a lower autoscaleMin.',
  },
  {
    title: 'a misspelled value of one cluster',
    text: withIstio('values: { global: { prxy: { } } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 36],
    message: '"prxy" is not a key of clusters[0].istio.values.global.',
    hint: 'Write "proxy".',
  },
  {
    title: 'a misspelled value of a canary control plane',
    text: withIstio('canary: { revision: b, values: { telemetri: { } } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 49],
    message: '"telemetri" is not a key of clusters[0].istio.canary.values.',
    hint: 'Write "telemetry".',
  },
  {
    title: 'a number of pods that is a word',
    text: withValues('pilot: { autoscaleMin: two }'),
    code: 'MESH-TYPE',
    at: [5, 28],
    message: 'istio.values.pilot.autoscaleMin is "two", not a number.',
    hint: 'Write a whole number from 0 to 2147483647.',
  },
  {
    title: 'a switch in quotes',
    text: withValues('global: { logAsJson: "true" }'),
    code: 'MESH-TYPE',
    at: [5, 26],
    message: 'istio.values.global.logAsJson is "true", not true or false.',
    hint: 'Write true or false.',
  },
  {
    title: 'an annotation that is a map',
    text: withValues('pilot: { podAnnotations: { example.com/scrape: { port: 80 } } }'),
    code: 'MESH-TYPE',
    at: [5, 52],
    message: 'istio.values.pilot.podAnnotations.example.com/scrape is a map, not a string.',
    hint: 'Write a string.',
  },
  {
    title: 'an environment variable that is a map',
    text: withValues('pilot: { env: { POD_IP: { fieldRef: status.podIP } } }'),
    code: 'MESH-TYPE',
    at: [5, 29],
    message: 'istio.values.pilot.env.POD_IP is a map.',
    hint: 'Write a string, a number, or true or false.',
  },
  {
    title: 'a share that is neither number nor percentage',
    text: withValues('pilot: { rollingMaxSurge: half }'),
    code: 'MESH-VALUE',
    at: [5, 31],
    message: 'istio.values.pilot.rollingMaxSurge is "half".',
    hint: 'Write a whole number, or a percentage such as 25%.',
  },
  {
    title: 'a list that is a single text',
    text: withValues('global: { imagePullSecrets: registry }'),
    code: 'MESH-TYPE',
    at: [5, 33],
    message: 'istio.values.global.imagePullSecrets is "registry", not a list.',
    hint: 'Write a list: [registry].',
  },
  {
    title: 'a value that is empty',
    text: withValues('global: { proxy: }'),
    code: 'MESH-TYPE',
    at: [5, 22],
    message: 'istio.values.global.proxy is empty, not a map.',
    hint: 'Write a map, or remove the key.',
  },
  {
    title: 'a log level that Envoy does not have',
    text: withValues('global: { proxy: { logLevel: warn } }'),
    code: 'MESH-VALUE',
    at: [5, 34],
    message: 'istio.values.global.proxy.logLevel is "warn".',
    hint: 'Write warning.',
  },
  {
    title: 'a platform that Istio does not know',
    text: withValues('platform: rancher-desktop'),
    code: 'MESH-VALUE',
    at: [5, 15],
    message: 'istio.values.platform is "rancher-desktop".',
    hint: 'Write one of gke, k3d, k3s, microk8s, minikube, openshift.',
  },
  {
    title: 'a wrong type within the part of meshConfig that is known',
    text: withValues('meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: true } } }'),
    code: 'MESH-TYPE',
    at: [5, 77],
    message:
      'istio.values.meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE is true, not a string.',
    hint: 'Write it in quotes: "true".',
  },
  {
    title: 'a misspelled key of meshConfig, which istiod would ignore',
    text: withValues('meshConfig: { accesLogFile: /dev/stdout, access_log_encoding: JSON }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 19],
    message: '"accesLogFile" is not a key of istio.values.meshConfig.',
    hint: 'Write "accessLogFile".',
  },
  {
    title: 'a misspelled kind of a provider',
    text: withValues('meshConfig: { extensionProviders: [{ name: otel, opentelemtry: { port: 4317 } }] }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 54],
    message: '"opentelemtry" is not a key of istio.values.meshConfig.extensionProviders[0].',
    hint: 'Write "opentelemetry".',
  },
  {
    title: 'a compatibility version that YAML takes for a number',
    text: withValues('compatibilityVersion: 1.30'),
    code: 'MESH-TYPE',
    at: [5, 27],
    message: 'istio.values.compatibilityVersion is 1.30, not a string.',
    hint: 'Write a minor version of Istio in quotes, such as "1.30".',
  },
  {
    title: 'compatibility with the version itself',
    text: withValues('compatibilityVersion: "1.31"'),
    code: 'MESH-VALUE',
    at: [5, 27],
    message: 'istio.values.compatibilityVersion is "1.31", which Istio 1.31.0 does not support.',
    hint: 'Write one of 1.25, 1.26, 1.27, 1.28, 1.29, 1.30 in quotes.',
  },
  {
    title: 'an istiod elsewhere',
    text: withValues('istiodRemote: { enabled: true }'),
    code: 'MESH-UNSUPPORTED-VALUE',
    at: [5, 21],
    message:
      'istio.values.istiodRemote.enabled is for clusters with an external istiod, which the format native does not support.',
    hint: 'Remove it, or write istio.controlPlane: istioctl.',
  },
  {
    title: 'an istiod elsewhere of the wrong type',
    text: withValues('global: { remotePilotAddress: 203 }'),
    code: 'MESH-UNSUPPORTED-VALUE',
    at: [5, 15],
    message:
      'istio.values.global.remotePilotAddress is for clusters with an external istiod, which the format native does not support.',
    hint: 'Remove it, or write istio.controlPlane: istioctl.',
  },
  {
    title: 'a folder of the CNI node agent that is no path',
    text: withValues('cni: { cniConfDir: net.d }'),
    code: 'MESH-VALUE',
    at: [5, 24],
    message: 'istio.values.cni.cniConfDir is "net.d".',
    hint: 'Write the path of a folder on the nodes, such as /opt/cni/bin.',
  },
  {
    title: 'a value newer than the version of the cluster',
    text: withIstio('version: 1.30.3, values: { global: { readerServiceAccount: { name: reader } } }'),
    code: 'MESH-UNSUPPORTED-VALUE',
    at: [5, 53],
    message: 'clusters[0].istio.values.global.readerServiceAccount has no effect in Istio 1.30.3.',
    hint: 'Remove it, or use Istio 1.31 or later.',
  },
  {
    title: 'a value of the mesh newer than the version of one cluster',
    text: `meshID: mesh1
istio: { controlPlane: native, values: { pilot: { terminationMessagePolicy: File } } }
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2, istio: { version: 1.29.6 } }
  - { name: cluster3, network: network3, istio: { version: 1.29.6 } }
`,
    code: 'MESH-UNSUPPORTED-VALUE',
    at: [2, 51],
    message: 'istio.values.pilot.terminationMessagePolicy has no effect in Istio 1.29.6.',
    hint: 'Remove it, or use Istio 1.31 or later.',
  },
  {
    title: 'a value that is derived from the mesh, of the wrong type',
    text: withValues('global: { network: 1 }'),
    code: 'MESH-OWNED-VALUE',
    at: [5, 15],
    message:
      'istio.values.global.network is derived from clusters[].network, which is "network1" in cluster1.',
    hint: 'Remove it, and set clusters[].network instead.',
  },
  {
    title: 'a value that is derived from the mesh, in a canary control plane',
    text: withIstio('canary: { revision: b, values: { revision: c } }'),
    code: 'MESH-OWNED-VALUE',
    at: [5, 49],
    message: 'clusters[0].istio.canary.values.revision is derived from istio.revision, which is "b".',
    hint: 'Remove it, and set istio.revision instead.',
  },
  {
    title: 'a version that the native format does not know',
    text: withIstio('version: 1.28.2'),
    code: 'CONTROL-PLANE-VERSION',
    at: [5, 25],
    message: 'clusters[0].istio.version is "1.28.2", which the format native does not support.',
    hint: 'Write a version of 1.31, 1.30, 1.29, or istio.controlPlane: istioctl.',
  },
  {
    title: 'a version of a canary control plane that the native format does not know',
    text: withIstio('canary: { version: 1.32.0, revision: b }'),
    code: 'CONTROL-PLANE-VERSION',
    at: [5, 35],
    message: 'clusters[0].istio.canary.version is "1.32.0", which the format native does not support.',
    hint: 'Write a version of 1.31, 1.30, 1.29, or istio.controlPlane: istioctl.',
  },
];
