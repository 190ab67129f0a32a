import { type HelmValue, type HelmValues, mergeValues } from '../../mesh/helm-values';

const requests = (cpu: string, memory: string): HelmValues => ({ resources: { requests: { cpu, memory } } });

/** Samples of telemetry addons, which the profile demo sends to. */
const demoProviders: readonly HelmValue[] = [
  { name: 'otel', envoyOtelAls: provider('opentelemetry-collector.observability', 4317) },
  { name: 'skywalking', skywalking: provider('tracing.istio-system', 11800) },
  { name: 'otel-tracing', opentelemetry: provider('opentelemetry-collector.observability', 4317) },
  { name: 'jaeger', opentelemetry: provider('jaeger-collector.istio-system', 4317) },
];

function provider(service: string, port: number): HelmValues {
  return { service: `${service}.svc.cluster.local`, port };
}

/** The values of Istio's profiles. Profiles that only select components are omitted. */
export const profiles: Readonly<Record<string, HelmValues>> = {
  ambient: {
    cni: { ambient: { enabled: true } },
    global: { variant: 'distroless' },
    meshConfig: {
      defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: 'true' } },
      serviceScopeConfigs: [
        {
          scope: 'GLOBAL',
          servicesSelector: {
            matchExpressions: [{ key: 'istio.io/global', operator: 'In', values: ['true'] }],
          },
        },
      ],
    },
    pilot: { env: { PILOT_ENABLE_AMBIENT: 'true' } },
  },
  demo: {
    cni: requests('10m', '40Mi'),
    gateways: {
      'istio-egressgateway': { autoscaleEnabled: false, ...requests('10m', '40Mi') },
      'istio-ingressgateway': {
        autoscaleEnabled: false,
        ports: [
          { name: 'status-port', port: 15021, targetPort: 15021 },
          { name: 'http2', port: 80, targetPort: 8080 },
          { name: 'https', port: 443, targetPort: 8443 },
          { name: 'tcp', port: 31400, targetPort: 31400 },
          { name: 'tls', port: 15443, targetPort: 15443 },
        ],
        ...requests('10m', '40Mi'),
      },
    },
    global: { proxy: requests('10m', '40Mi'), waypoint: requests('10m', '40Mi') },
    meshConfig: { accessLogFile: '/dev/stdout', extensionProviders: demoProviders },
    pilot: { autoscaleEnabled: false, traceSampling: 100, ...requests('10m', '100Mi') },
    ztunnel: requests('10m', '40Mi'),
  },
  preview: { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } } },
  stable: { experimental: { stableValidationPolicy: true } },
};

/**
 * The values of Istio's platforms. Values at the top level are values of istiod, as under `pilot`. Most of
 * them configure the node agent of the CNI plugin.
 *
 * @see https://istio.io/latest/docs/setup/platform-setup/
 */
export const platforms: Readonly<Record<string, HelmValues>> = {
  gke: { cni: { cniBinDir: '', resourceQuotas: { enabled: true } }, resourceQuotas: { enabled: true } },
  k3d: { cni: { cniBinDir: '/bin', cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d' } },
  k3s: {
    cni: {
      cniBinDir: '/var/lib/rancher/k3s/data/cni',
      cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
    },
  },
  microk8s: {
    cni: {
      cniBinDir: '/var/snap/microk8s/current/opt/cni/bin',
      cniConfDir: '/var/snap/microk8s/current/args/cni-network',
    },
  },
  minikube: { cni: { cniNetnsDir: '/var/run/docker/netns' } },
  openshift: {
    cni: {
      chained: false,
      cniBinDir: '/var/lib/cni/bin',
      cniConfDir: '/etc/cni/multus/net.d',
      cniConfFileName: 'istio-cni.conf',
      provider: 'multus',
    },
    pilot: { cni: { enabled: true, provider: 'multus' } },
    seLinuxOptions: { type: 'spc_t' },
    trustedZtunnelNamespace: 'kube-system',
  },
};

/** A change in Istio's behaviour, and the values that restore the previous behaviour. */
interface BehaviourChange {
  /** The minor version with the change. */
  readonly changedIn: number;
  readonly former: HelmValues;
  /** The oldest compatibility version that restores it. @default - every version before the change */
  readonly since?: number;
}

const changes: readonly BehaviourChange[] = [
  { changedIn: 26, former: { ambient: { shareHostNetworkNamespace: true } } },
  { changedIn: 27, former: disabled('ENABLE_NATIVE_SIDECARS') },
  { changedIn: 28, former: disabled('DISABLE_SHADOW_HOST_SUFFIX') },
  { changedIn: 28, former: disabled('PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY') },
  { changedIn: 29, former: disabled('DISABLE_TRACK_REMAINING_CB_METRICS') },
  { changedIn: 29, former: { cni: { ambient: { reconcileIptablesOnStartup: false } } } },
  { changedIn: 30, former: disabled('PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE') },
  { changedIn: 31, former: disabled('PILOT_ENABLE_STRICT_GATEWAY_MERGING') },
  { changedIn: 31, former: disabled('PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS') },
  // Istio 1.31 lists it again, for compatibility with 1.30 only.
  { changedIn: 31, since: 30, former: disabled('PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY') },
];

/** The values that make a minor version of Istio behave like an older one. */
export function compatibilityValues(minorVersion: string, older: string): HelmValues {
  const [current, wanted] = [minorNumber(minorVersion), minorNumber(older)];
  const applying = changes.filter(
    ({ changedIn, since = 0 }) => changedIn <= current && wanted < changedIn && wanted >= since,
  );
  return mergeValues(...applying.map(({ former }) => former));
}

function disabled(variable: string): HelmValues {
  return { pilot: { env: { [variable]: 'false' } } };
}

function minorNumber(minorVersion: string): number {
  return Number(minorVersion.split('.')[1]);
}
