// Control planes in ambient mode, with the CNI node agent and ztunnel.

export const ofAmbient = [
  { title: 'ambient mode', values: {} },
  {
    title: 'ambient mode of a cluster of a mesh',
    profile: 'minimal',
    values: {
      global: { meshID: 'mesh1', multiCluster: { clusterName: 'cluster1' }, network: 'network1' },
      pilot: { env: { AMBIENT_ENABLE_MULTI_NETWORK: 'true', AMBIENT_ENABLE_BAGGAGE: 'true' } },
    },
  },
  {
    title: 'ambient mode of a revision with other defaults',
    revision: 'canary',
    profile: 'minimal',
    values: {
      compatibilityVersion: '1.28',
      global: {
        imagePullSecrets: ['registry'],
        logAsJson: true,
        nativeNftables: true,
        networkPolicy: { enabled: true },
        platform: 'gke',
        variant: 'debug',
      },
      cni: { ambient: { dnsCapture: false } },
      ztunnel: { logLevel: 'debug', peerCaCrl: { enabled: true } },
    },
  },
  {
    title: 'ambient mode on OpenShift, with a mesh configuration of its own',
    profile: 'minimal',
    values: {
      global: { platform: 'openshift', waypoint: { resources: { limits: { cpu: '1' } } } },
      meshConfig: {
        accessLogFile: '/dev/stdout',
        defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } },
        serviceScopeConfigs: [
          { scope: 'GLOBAL', namespaceSelector: { matchLabels: { 'istio.io/global': 'true' } } },
        ],
      },
      pilot: { trustedZtunnelNamespace: 'node-proxies', env: { PILOT_ENABLE_AMBIENT: 'false' } },
      ztunnel: { env: { A: 1 } },
    },
  },
].map((setting) => ({ ...setting, dataPlane: 'ambient' }));
