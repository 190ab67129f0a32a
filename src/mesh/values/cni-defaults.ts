/** The tolerations with which the DaemonSets of Istio run on every node. */
export const everyNode = [
  { effect: 'NoSchedule', operator: 'Exists' },
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { effect: 'NoExecute', operator: 'Exists' },
];

/**
 * The defaults of Istio's cni chart, with the names that users set below `cni`.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/
 */
export const cniDefaults = {
  affinity: {},
  ambient: {
    enabled: false,
    enablementSelectors: [
      { podSelector: { matchLabels: { 'istio.io/dataplane-mode': 'ambient' } } },
      {
        podSelector: {
          matchExpressions: [{ key: 'istio.io/dataplane-mode', operator: 'NotIn', values: ['none'] }],
        },
        namespaceSelector: { matchLabels: { 'istio.io/dataplane-mode': 'ambient' } },
      },
    ],
    dnsCapture: true,
    ipv6: true,
    reconcileIptablesOnStartup: true,
    shareHostNetworkNamespace: false,
    enableAmbientDetectionRetry: false,
  },
  chained: true,
  cniBinDir: '/opt/cni/bin',
  cniConfDir: '/etc/cni/net.d',
  cniConfFileName: '',
  cniNetnsDir: '/var/run/netns',
  daemonSetLabels: {},
  env: {},
  excludeNamespaces: ['kube-system'],
  hub: '',
  image: 'install-cni',
  istioOwnedCNIConfig: false,
  istioOwnedCNIConfigFileName: '',
  logging: { level: '' },
  podAnnotations: {},
  podLabels: {},
  provider: 'default',
  pullPolicy: '',
  repair: {
    enabled: true,
    labelPods: false,
    deletePods: false,
    repairPods: true,
    initContainerName: 'istio-validation',
    brokenPodLabelKey: 'cni.istio.io/uninitialized',
    brokenPodLabelValue: 'true',
  },
  resourceQuotas: { enabled: false, pods: 5000 },
  resources: { requests: { cpu: '100m', memory: '100Mi' } },
  seLinuxOptions: {},
  seccompProfile: {},
  tag: '',
  terminationGracePeriodSeconds: 30,
  tolerations: everyNode,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
  useAppArmorAnnotation: true,
  variant: '',
};

/** The defaults of the `global` values of this chart, which differ from those of istiod's chart. */
export const cniGlobalDefaults = {
  defaultResources: { requests: { cpu: '100m', memory: '100Mi' } },
  hub: '',
  imagePullPolicy: '',
  imagePullSecrets: [],
  logAsJson: false,
  logging: { level: 'info' },
  nativeNftables: false,
  networkPolicy: { enabled: false },
  resourceScope: 'all',
  tag: '',
  variant: '',
};
