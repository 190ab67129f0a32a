/** The fields of a Gateway that tests change. */
export interface GatewayManifest {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** The optional fields of a Gateway. */
interface GatewayFields {
  readonly metadata?: Omit<GatewayManifest['metadata'], 'name'>;
  readonly listeners?: readonly object[];
  readonly addresses?: readonly object[];
  readonly infrastructure?: object;
}

const listener = (name: string, port: number, protocol = 'HTTP', more: object = {}) => ({
  name,
  port,
  protocol,
  ...more,
});

/** Fields that every class of gateway supports, by a name for the Gateway. */
const fieldsByName: Readonly<Record<string, GatewayFields>> = {
  plain: {},
  'labels-and-annotations': {
    metadata: {
      labels: { 'topology.istio.io/network': 'true', team: 'payments', yes: '1.0' },
      annotations: {
        'example.org/text': '<b> & "quoted" \'text\' {{ .Name }} \\ é\n- two: lines',
        'prometheus.io/scrape': 'false',
      },
    },
  },
  infrastructure: {
    metadata: { labels: { 'not-passed-on': 'true' }, annotations: { 'not-passed-on': 'true' } },
    infrastructure: {
      labels: { 'topology.istio.io/network': '007', 'sidecar.istio.io/inject': 'true', tier: 'edge' },
      annotations: { 'networking.istio.io/traffic-distribution': 'PreferSameNode', 'istio.io/rev': 'other' },
    },
  },
  'proxy-settings': {
    metadata: {
      annotations: {
        'sidecar.istio.io/proxyImage': 'registry.example.org/proxy:1',
        'sidecar.istio.io/logLevel': 'debug',
        'sidecar.istio.io/componentLogLevel': 'http:"debug"',
        'sidecar.istio.io/agentLogLevel': 'true',
      },
    },
  },
  listeners: {
    listeners: [
      listener('http.plain', 80),
      listener('https', 443, 'HTTPS', { tls: { certificateRefs: [{ name: 'certificate' }] } }),
      listener('passthrough', 8443, 'TLS', { tls: { mode: 'Passthrough' } }),
      listener('true', 9000, 'TCP'),
      listener('also-on-80', 80, 'HTTP', { hostname: 'example.org' }),
    ],
  },
  'address-of-a-load-balancer': {
    metadata: { annotations: { 'networking.istio.io/service-type': 'LoadBalancer' } },
    addresses: [{ type: 'IPAddress', value: '203.0.113.7' }],
  },
  'address-of-a-cluster-ip': {
    metadata: { annotations: { 'networking.istio.io/service-type': 'ClusterIP' } },
    addresses: [{ type: 'IPAddress', value: '203.0.113.8' }],
  },
  parameters: {
    infrastructure: { parametersRef: { group: '', kind: 'ConfigMap', name: 'parameters' } },
  },
};

/** The classes of gateways that istiod deploys, and a prefix for the names of their Gateways. */
const classes = {
  istio: 'ingress',
  'istio-waypoint': 'waypoint',
  'istio-east-west': 'east-west',
  'istio-agentgateway': 'agent',
  'istio-agentgateway-waypoint': 'agent-waypoint',
};

/** Patches for the objects that istiod creates for a Gateway, for its `parametersRef`. */
export const parameters = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'parameters' },
  data: {
    // Replaces a volume, as an identity provider such as SPIRE does.
    deployment: JSON.stringify({
      spec: {
        template: {
          spec: {
            volumes: [{ name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } }],
            terminationGracePeriodSeconds: 90,
          },
        },
      },
    }),
    service: JSON.stringify({ spec: { ports: [{ port: 80, targetPort: 8080 }] } }),
    serviceAccount: JSON.stringify({ metadata: { annotations: { 'example.org/role': 'gateway' } } }),
    horizontalPodAutoscaler: JSON.stringify({ spec: { minReplicas: 2, maxReplicas: 5 } }),
    podDisruptionBudget: JSON.stringify({ spec: { minAvailable: 1 } }),
  },
};

/** Gateways of every class that istiod deploys. */
export const gateways: readonly GatewayManifest[] = [
  ...Object.entries(classes).flatMap(([gatewayClassName, prefix]) =>
    Object.entries(fieldsByName).map(([name, fields]) =>
      gateway(`${prefix}-${name}`, gatewayClassName, fields),
    ),
  ),
  gateway('names', 'istio', {
    metadata: {
      annotations: {
        'gateway.istio.io/name-override': 'other-name',
        'gateway.istio.io/service-account': '80',
      },
    },
  }),
];

/** Gateways whose names YAML reads as strings only if they are quoted. */
export const oddlyNamed: readonly GatewayManifest[] = [
  ...['true', 'null', 'yes'].map((name) => gateway(name, 'istio', {})),
  ...['false', 'no', 'on'].map((name) => gateway(name, 'istio-waypoint', {})),
  ...['off', 'y'].map((name) => gateway(name, 'istio-east-west', {})),
];

function gateway(name: string, gatewayClassName: string, fields: GatewayFields): GatewayManifest {
  const { metadata, listeners = [listener('http', 80)], ...spec } = fields;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, ...metadata },
    spec: { gatewayClassName, listeners, ...spec },
  };
}
