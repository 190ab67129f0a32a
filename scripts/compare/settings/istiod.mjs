// istiod: its pods, its rights and its Service.

export const ofIstiod = [
  ...istiodPods(),
  ...istiodScaling(),
  ...istiodEnvironment(),
  ...istiodRights(),
  ...services(),
];

function istiodPods() {
  return [
    {
      title: 'another image of istiod',
      values: {
        pilot: { hub: 'registry.example.com/istio', tag: '1.2.3', image: 'istiod', variant: 'debug' },
      },
    },
    { title: 'an image with its registry', values: { pilot: { image: 'registry.example.com/pilot:dev' } } },
    {
      title: 'other images',
      values: {
        global: { variant: 'distroless', imagePullPolicy: 'Always', imagePullSecrets: ['one', 'two'] },
      },
    },
    { title: 'another variant of proxies', values: { global: { proxy: { variant: 'debug' } } } },
    {
      title: 'scheduling',
      values: {
        global: { priorityClassName: 'system-cluster-critical' },
        pilot: {
          nodeSelector: { role: 'infra' },
          tolerations: [{ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }],
          affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: 'istiod' } },
            },
          ],
        },
      },
    },
    {
      title: 'labels and annotations',
      values: {
        pilot: {
          deploymentLabels: { team: 'mesh' },
          deploymentAnnotations: { 'example.com/owner': 'mesh' },
          podLabels: { team: 'mesh' },
          podAnnotations: { 'example.com/log': 'json' },
          serviceAnnotations: { 'example.com/dns': 'istiod' },
          serviceAccountAnnotations: { 'example.com/role': 'istiod' },
          sidecarInjectorWebhookAnnotations: { 'example.com/webhook': 'yes' },
        },
      },
    },
    {
      title: 'volumes and containers',
      values: {
        pilot: {
          extraContainerArgs: ['--clusterAliases=a=b'],
          volumes: [{ name: 'extra', configMap: { name: 'extra' } }],
          volumeMounts: [{ name: 'extra', mountPath: '/etc/extra', readOnly: true }],
          initContainers: [{ name: 'first', image: 'busybox', command: ['true'] }],
        },
      },
    },
    {
      title: 'security',
      values: {
        pilot: {
          seccompProfile: { type: 'RuntimeDefault' },
          terminationMessagePolicy: 'FallbackToLogsOnError',
          crlConfigMapName: 'revoked',
        },
      },
    },
    {
      title: 'roots for the keys of tokens',
      values: { pilot: { jwksResolverExtraRootCA: 'line one\nline two\n' } },
    },
    {
      title: 'a trust bundle by another name',
      values: { global: { trustBundleName: 'bundle' } },
    },
    {
      title: 'a ClusterTrustBundle',
      values: { pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } },
    },
    {
      title: 'a ClusterTrustBundle by another name',
      values: {
        global: { trustBundleName: 'bundle' },
        pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
      },
    },
    { title: 'network policies', values: { global: { networkPolicy: { enabled: true } } } },
  ];
}

function istiodScaling() {
  return [
    {
      title: 'resources',
      values: {
        pilot: { resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '2', memory: '8Gi' } } },
      },
    },
    {
      title: 'resources, some taken out',
      values: { pilot: { resources: { requests: { cpu: '', memory: '1Gi' }, limits: { cpu: '' } } } },
    },
    {
      title: 'resources of everything',
      values: {
        pilot: { resources: { requests: null } },
        global: { defaultResources: { requests: { cpu: '20m', memory: '64Mi' } } },
      },
    },
    { title: 'a single istiod', values: { pilot: { autoscaleEnabled: false } } },
    { title: 'three istiods', values: { pilot: { autoscaleEnabled: false, replicaCount: 3 } } },
    { title: 'replicas beside autoscaling', values: { pilot: { replicaCount: 3 } } },
    { title: 'autoscaling without bounds', values: { pilot: { autoscaleMin: 0 } } },
    {
      title: 'autoscaling',
      values: {
        pilot: {
          autoscaleMin: 2,
          autoscaleMax: 9,
          cpu: { targetAverageUtilization: 60 },
          memory: { targetAverageUtilization: 70 },
          autoscaleBehavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
        },
      },
    },
    {
      title: 'another disruption budget',
      values: {
        pilot: {
          autoscaleMin: 3,
          pdb: { maxUnavailable: '30%', unhealthyPodEvictionPolicy: 'AlwaysAllow' },
        },
      },
    },
    {
      title: 'a stricter disruption budget',
      values: { pilot: { autoscaleMin: 3, pdb: { minAvailable: 2 } } },
    },
    {
      title: 'no disruption budgets',
      values: {
        global: { defaultPodDisruptionBudget: { enabled: false } },
        pilot: { autoscaleMin: 3 },
        gateways: { 'istio-ingressgateway': { autoscaleMin: 3 } },
      },
    },
    { title: 'another rollout', values: { pilot: { rollingMaxSurge: 1, rollingMaxUnavailable: '0' } } },
  ];
}

function istiodEnvironment() {
  return [
    {
      title: 'environment',
      values: {
        pilot: {
          env: {
            PILOT_ENABLE_STATUS: true,
            PILOT_DEBOUNCE_AFTER: '100ms',
            PILOT_PUSH_THROTTLE: 200,
            A_RATIO: 0.25,
            NOTHING: '',
          },
        },
      },
    },
    {
      title: 'environment from elsewhere',
      values: {
        pilot: {
          envVarFrom: [
            { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'token', optional: true } } },
          ],
        },
      },
    },
    { title: 'large numbers in the environment', values: { pilot: { env: { PILOT_SOME_LIMIT: 21000000 } } } },
    {
      title: 'environment twice',
      values: {
        pilot: { env: { PILOT_TRACE_SAMPLING: 5, PLATFORM: 'mine', KUBECONFIG: '/elsewhere' } },
        meshConfig: { defaultConfig: { proxyMetadata: { NODE_NAME: 'mine', OWN: 'its own' } } },
        gateways: { 'istio-ingressgateway': { env: { OWN: 'its own', POD_NAME: 'mine' } } },
      },
    },
    { title: 'trusted accounts', values: { pilot: { env: { CA_TRUSTED_NODE_ACCOUNTS: 'a/b,c/d' } } } },
    {
      title: 'ztunnel elsewhere',
      values: { pilot: { trustedZtunnelNamespace: 'kube-system', trustedZtunnelName: 'tunnel' } },
    },
    { title: 'FIPS', values: { pilot: { env: { COMPLIANCE_POLICY: 'fips-140-3' } } } },
    {
      title: 'environment that values decide, too',
      values: { global: { externalIstiod: true }, pilot: { env: { EXTERNAL_ISTIOD: 'false' } } },
    },
    { title: 'no traces', values: { pilot: { traceSampling: 0 } } },
    { title: 'all traces', values: { pilot: { traceSampling: 100 } } },
    { title: 'some traces', values: { pilot: { traceSampling: 0.5 } } },
    {
      title: 'logs and connections',
      values: {
        global: {
          logging: { level: 'all:debug' },
          logAsJson: true,
          proxy: { clusterDomain: 'example.local' },
        },
        pilot: { keepaliveMaxServerConnectionAge: '5m' },
      },
    },
    { title: 'the least logs', values: { global: { logging: { level: '' } } } },
    {
      title: 'the untaint controller',
      values: {
        pilot: { taint: { enabled: true, namespace: 'kube-system', name: 'example.com/not-ready' } },
      },
    },
    { title: 'the CNI plugin', values: { pilot: { cni: { enabled: true, provider: 'multus' } } } },
    { title: 'nftables', values: { global: { nativeNftables: true } } },
  ];
}

function istiodRights() {
  return [
    {
      title: 'certificates of a signer',
      values: {
        global: {
          pilotCertProvider: 'k8s.io/clusterissuers.cert-manager.io/istio-ca',
          certSigners: ['clusterissuers.cert-manager.io/istio-ca', 'example.com/other'],
        },
      },
    },
    { title: 'no certificate provider', values: { global: { pilotCertProvider: 'none' } } },
    { title: 'an external CA', values: { pilot: { env: { EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API' } } } },
    {
      title: 'another address of the CA',
      values: {
        global: {
          caAddress: 'cert-manager-istio-csr.cert-manager.svc:443',
          caName: 'istio-csr',
          mountMtlsCerts: true,
          sts: { servicePort: 15463 },
          sds: { token: { aud: 'elsewhere' } },
        },
        pilot: { env: { ENABLE_CA_SERVER: 'false' } },
      },
    },
    { title: 'analysis', values: { global: { istiod: { enableAnalysis: true } } } },
    {
      title: 'gateways that others deploy',
      values: { pilot: { env: { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: false } } },
    },
    {
      title: 'gateways that others deploy, in text',
      values: { pilot: { env: { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false' } } },
    },
    { title: 'another group of MCS', values: { pilot: { env: { MCS_API_GROUP: 'net.gke.io' } } } },
    { title: 'what is of the cluster', values: { global: { resourceScope: 'cluster' } } },
    {
      title: 'what is of the namespace',
      defaultTag: 'of this revision',
      values: { global: { resourceScope: 'namespace' } },
    },
  ];
}

function services() {
  const dualStack = { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] };
  return [
    {
      title: 'dual stack',
      values: {
        meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_DUAL_STACK: 'true' } } },
        pilot: { ...dualStack, env: { ISTIO_DUAL_STACK: 'true' } },
        gateways: { 'istio-ingressgateway': dualStack },
      },
    },
    {
      title: 'traffic distribution',
      values: { revisionTags: ['prod'], pilot: { trafficDistribution: 'PreferClose' } },
    },
    {
      title: 'defaults of gateway classes',
      values: {
        gatewayClasses: {
          istio: { service: { spec: { type: 'ClusterIP' } }, deployment: { spec: { replicas: 2 } } },
          other: { service: { metadata: { annotations: { 'example.com/on': 'yes' } } } },
        },
      },
    },
  ];
}
