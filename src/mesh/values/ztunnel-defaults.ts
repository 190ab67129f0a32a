import { everyNode } from './cni-defaults';

/**
 * The defaults of Istio's ztunnel chart, with the names that users set below `ztunnel`.
 *
 * @see https://istio.io/latest/docs/ambient/install/helm/
 */
export const ztunnelDefaults = {
  affinity: {},
  annotations: {},
  caAddress: '',
  dnsConfig: {},
  dnsPolicy: '',
  env: {},
  hub: '',
  image: 'ztunnel',
  imagePullPolicy: '',
  imagePullSecrets: [],
  istioNamespace: 'istio-system',
  labels: {},
  logAsJson: false,
  logLevel: 'info',
  meshConfig: { defaultConfig: { proxyMetadata: {} } },
  multiCluster: { clusterName: '' },
  network: '',
  nodeSelector: {},
  peerCaCrl: { enabled: false },
  podAnnotations: { 'prometheus.io/port': '15020', 'prometheus.io/scrape': 'true' },
  podLabels: {},
  resourceName: '',
  resourceQuotas: { enabled: false, pods: 5000 },
  resourceScope: 'all',
  resources: { requests: { cpu: '200m', memory: '512Mi' } },
  revision: '',
  seLinuxOptions: {},
  tag: '',
  terminationGracePeriodSeconds: 30,
  tolerations: everyNode,
  trustBundleName: '',
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  variant: '',
  volumeMounts: [],
  volumes: [],
  xdsAddress: '',
};
