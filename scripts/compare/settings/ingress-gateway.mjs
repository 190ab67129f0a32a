// The ingress gateway.

export const ofIngressGateway = [...ingressGateway()];

/** The ingress gateway under some of its own values, as it comes and as istiod injects it. */
function ingressGateway() {
  const both = (title, gateway, values = {}) =>
    ['', 'gateway'].map((injectionTemplate) => ({
      title: `${injectionTemplate === '' ? 'a gateway' : 'an injected gateway'} ${title}`,
      values: { ...values, gateways: { 'istio-ingressgateway': { ...gateway, injectionTemplate } } },
    }));
  return [
    ...both('in a revision', {}).map((setting) => ({ ...setting, revision: 'canary' })),
    ...both(
      'of a mesh',
      {},
      {
        global: { meshID: 'mesh1', network: 'network1', multiCluster: { clusterName: 'cluster1' } },
        meshConfig: {
          trustDomain: 'example.org',
          enablePrometheusMerge: false,
          defaultConfig: { proxyMetadata: { B: 'b', A: 'a' } },
        },
      },
    ),
    ...both('with other ports', {
      ports: [
        { name: 'status-port', port: 15021, targetPort: 15021 },
        { name: 'http2', port: 80 },
        { name: 'tls', port: 15443, targetPort: 15443, protocol: 'TCP', nodePort: 31443 },
        { name: 'quic', port: 443, targetPort: 8443, protocol: 'UDP' },
      ],
      ingressPorts: [{ name: 'more', port: 9000 }],
    }),
    ...both('behind a particular load balancer', {
      loadBalancerIP: '203.0.113.4',
      loadBalancerSourceRanges: ['198.51.100.0/24'],
      externalTrafficPolicy: 'Local',
      serviceAnnotations: { 'example.com/lb': 'internal', 'example.com/on': 'true' },
    }),
    ...both('of type NodePort', { type: 'NodePort' }),
    ...both('whose Service others make', { customService: true }),
    ...both(
      'with environment',
      { env: { B: 1, A: true, ISTIO_META_NETWORK: 'own' } },
      {
        global: { network: 'network1' },
      },
    ),
    ...both('with other pods', {
      podAnnotations: { 'example.com/log': 'json' },
      serviceAccount: { annotations: { 'example.com/role': 'gateway' } },
      resources: { requests: { cpu: '1', memory: '' }, limits: { cpu: '', memory: '2Gi' } },
      secretVolumes: [{ name: 'certs', secretName: 'certs', mountPath: '/etc/certs-of-mine' }],
      configVolumes: [
        { name: 'mounted', configMapName: 'mounted', mountPath: '/etc/mounted' },
        { name: 'present', configMapName: 'present' },
      ],
      additionalContainers: [{ name: 'beside', image: 'busybox' }],
    }),
    ...both('as root', { runAsRoot: true }),
    ...both('on nodes of its own', {
      nodeSelector: { role: 'edge', disk: 'ssd' },
      tolerations: [{ key: 'edge', operator: 'Exists' }],
      podAntiAffinityLabelSelector: [
        {
          key: 'app',
          operator: 'In',
          values: 'a,b',
          topologyKey: 'kubernetes.io/hostname',
          namespaces: 'x,y',
        },
      ],
      podAntiAffinityTermLabelSelector: [
        { key: 'istio', operator: 'Exists', topologyKey: 'topology.kubernetes.io/zone' },
      ],
    }),
    ...both(
      'on the nodes of all of Istio',
      {},
      {
        global: {
          arch: { amd64: 3, arm64: 2, s390x: 0 },
          priorityClassName: 'mesh',
          defaultNodeSelector: { role: 'infra' },
          defaultTolerations: [{ key: 'infra', operator: 'Exists' }],
        },
      },
    ),
    ...both('with fixed pods', { autoscaleEnabled: false, replicaCount: 3 }),
    ...both('that scales', {
      autoscaleMin: 2,
      autoscaleMax: 4,
      cpu: { targetAverageUtilization: 55 },
      rollingMaxSurge: '1',
      rollingMaxUnavailable: '10%',
    }),
    ...both('with network policies', {}, { global: { networkPolicy: { enabled: true } } }).map((setting) => ({
      ...setting,
      revision: 'canary',
    })),
    ...both(
      'from a private registry',
      {},
      {
        global: {
          imagePullSecrets: ['registry'],
          imagePullPolicy: 'IfNotPresent',
          proxy: { image: 'registry.example.com/proxy:dev' },
        },
      },
    ),
    ...both(
      'with no certificate provider',
      {},
      {
        global: { pilotCertProvider: 'none', mountMtlsCerts: true, sts: { servicePort: 15463 } },
      },
    ),
    ...both('with a ClusterTrustBundle', {}, { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } }),
    ...both(
      'with terse proxies',
      {},
      {
        global: { logging: { level: '' }, logAsJson: true, proxy: { logLevel: '', componentLogLevel: '' } },
      },
    ),
    ...both('by another name', { name: 'edge', labels: { istio: 'edge', team: 'mesh', version: 'v1' } }),
    {
      title: 'gateways of Gateway resources',
      values: {
        gateways: {
          securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    },
  ];
}
