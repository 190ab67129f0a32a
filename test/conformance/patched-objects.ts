/** Objects that the conformance tests patch. */

export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'istiod',
    namespace: 'istio-system',
    labels: { app: 'istiod', tier: 'a' },
    finalizers: ['a/a', 'a/b'],
  },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'istiod' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'istiod' }, annotations: { a: 'b', c: 'd' } },
      spec: {
        nodeSelector: { zone: 'a' },
        tolerations: [{ key: 'a', operator: 'Exists' }],
        hostAliases: [{ ip: '192.0.2.1', hostnames: ['a'] }],
        imagePullSecrets: [{ name: 'a' }, { name: 'b' }],
        containers: [
          {
            name: 'discovery',
            image: 'pilot:1',
            args: ['discovery', '--a'],
            env: [
              { name: 'A', value: 'a' },
              { name: 'B', value: 'b' },
              { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            ],
            ports: [
              { containerPort: 8080, protocol: 'TCP', name: 'http' },
              { containerPort: 15012, protocol: 'TCP', name: 'xds' },
            ],
            resources: { requests: { cpu: '100m', memory: '1Gi' } },
            volumeMounts: [
              { name: 'v', mountPath: '/v' },
              { name: 'w', mountPath: '/w' },
            ],
          },
          { name: 'other', image: 'other:1' },
        ],
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'w', configMap: { name: 'w', items: [{ key: 'a', path: 'a' }] } },
        ],
      },
    },
  },
};

export const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'gateway', namespace: 'istio-system', annotations: { a: 'b' } },
  spec: {
    type: 'LoadBalancer',
    selector: { app: 'gateway' },
    loadBalancerSourceRanges: ['198.51.100.0/24'],
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ],
  },
};

export const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'istiod', namespace: 'istio-system' },
  spec: {
    minReplicas: 1,
    maxReplicas: 5,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'istiod' },
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ],
  },
};

export const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'istiod' },
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'istiod', istio: 'pilot' } } },
};

export const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'injector' },
  webhooks: ['a', 'b'].map((name) => ({
    name: `${name}.istio.io`,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: 'istiod', namespace: 'istio-system' } },
    sideEffects: 'None',
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  })),
};

export const custom = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'cross-network-gateway', namespace: 'istio-system' },
  spec: {
    selector: { istio: 'eastwestgateway' },
    servers: [{ hosts: ['*.local'], port: { number: 15443 } }],
  },
};
