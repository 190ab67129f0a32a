import type { DataPlane } from '../../../src/mesh/data-plane';
import type { HelmValues } from '../../../src/mesh/helm-values';
import type { IstioProfile } from '../../../src/mesh/istio';
import type { InjectionSettings } from './kube-inject';

/** A control plane for injection: its installation, and the other settings of its istiod. */
export interface ControlPlane extends InjectionSettings {
  readonly profile?: IstioProfile;
  readonly dataPlane?: DataPlane;
  readonly values?: HelmValues;
  /** Whether the minor versions of Istio differ here, so that the test must compare each of them. */
  readonly inEveryVersion?: true;
  /** Values that Helm accepts and istioctl does not. */
  readonly helmValues?: HelmValues;
}

const nativeSidecars = { ENABLE_NATIVE_SIDECARS: 'true' };

/** A control plane with only these values. */
function global(global: HelmValues, env: Readonly<Record<string, string>> = {}): ControlPlane {
  return { values: { global }, env };
}

/** Control planes that together cover all settings that affect injection, by their characteristic. */
export const controlPlanes: Readonly<Record<string, ControlPlane>> = {
  'of the defaults': { inEveryVersion: true },
  'with native sidecars': { env: nativeSidecars },
  'of a revision and a mesh of several clusters': {
    revision: 'canary',
    values: {
      meshConfig: { trustDomain: 'example.org' },
      global: { meshID: 'mesh1', network: 'network1', multiCluster: { clusterName: 'cluster1' } },
    },
  },
  'with the CNI plugin, multus and capture by values': {
    env: nativeSidecars,
    values: {
      pilot: { cni: { enabled: true, provider: 'multus' } },
      global: {
        proxy: {
          includeIPRanges: '10.0.0.0/8,fd00::/8',
          excludeIPRanges: '10.1.0.0/16',
          includeInboundPorts: '80,8080',
          excludeInboundPorts: '9999',
          includeOutboundPorts: '5432',
          excludeOutboundPorts: '25',
        },
      },
    },
  },
  'with images of its own': {
    inEveryVersion: true,
    ...global(
      {
        variant: 'distroless',
        imagePullPolicy: 'Always',
        imagePullSecrets: ['registry', 'other-registry'],
        proxy: { image: 'own-proxy' },
        proxy_init: { image: 'own-init' },
      },
      nativeSidecars,
    ),
  },
  'with references to images': global({
    proxy: { image: 'registry.example.org/proxy:1' },
    proxy_init: { image: 'registry.example.org/init@sha256:abc' },
    imagePullPolicy: 'Never',
  }),
  'that logs as JSON and says more': global({
    logAsJson: true,
    logging: { level: 'default:debug,dns:none' },
    sts: { servicePort: 15463 },
    proxy: {
      logLevel: 'trace',
      componentLogLevel: 'http:debug,rbac:info',
      outlierLogPath: '/dev/stdout',
      clusterDomain: 'example.local',
      holdApplicationUntilProxyStarts: true,
    },
  }),
  'without probes': global({ proxy: { statusPort: 0, startupProbe: { enabled: false } } }, nativeSidecars),
  'with probes of its own': {
    values: {
      global: {
        proxy: {
          statusPort: 16000,
          readinessInitialDelaySeconds: 3,
          readinessPeriodSeconds: 5,
          readinessFailureThreshold: 7,
          startupProbe: { failureThreshold: 11 },
        },
      },
      sidecarInjectorWebhook: { rewriteAppHTTPProbe: false },
    },
  },
  'with a mesh configuration of its own': {
    inEveryVersion: true,
    values: {
      meshConfig: {
        trustDomain: 'mesh.example.org',
        proxyListenPort: 15101,
        proxyInboundListenPort: 15106,
        inboundTrafficPolicy: { mode: 'LOCALHOST' },
        enablePrometheusMerge: false,
        extensionProviders: [
          {
            name: 'otel',
            opentelemetry: {
              service: 'otel-collector.observability.svc.cluster.local',
              port: 4317,
              serviceAttributeEnrichment: 'OTEL_SEMANTIC_CONVENTIONS',
            },
          },
        ],
        defaultConfig: {
          concurrency: 2,
          statusPort: 15099,
          holdApplicationUntilProxyStarts: true,
          interceptionMode: 'TPROXY',
          discoveryAddress: 'istiod.other.svc:15012',
          tracing: { zipkin: { address: 'zipkin:9411' }, tlsSettings: { caCertificates: '/certs/ca.pem' } },
          proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true', ISTIO_META_ENABLE_HBONE: 'true' },
        },
      },
    },
  },
  'on OpenShift': { values: { global: { platform: 'openshift' } } },
  'in ambient mode': {
    inEveryVersion: true,
    dataPlane: 'ambient',
    values: {
      pilot: { cni: { enabled: true } },
      global: { network: 'network1', multiCluster: { clusterName: 'cluster1' } },
    },
  },
  'of profile stable': { profile: 'stable' },
  'of compatibility with an older version': { values: { compatibilityVersion: '1.28' } },
  'with the CNI plugin that complies with FIPS 140-2': {
    env: { COMPLIANCE_POLICY: 'fips-140-2' },
    values: { pilot: { cni: { enabled: true } } },
  },
  'that captures by values': {
    ...global({
      nativeNftables: true,
      proxy: {
        includeIPRanges: '',
        excludeIPRanges: '10.1.0.0/16',
        includeInboundPorts: '',
        excludeInboundPorts: '15020,1234',
        includeOutboundPorts: '5432',
        excludeOutboundPorts: '25,26',
      },
    }),
    helmValues: { global: { proxy_init: { forceApplyIptables: true } } },
  },
  'of another certificate authority, without resources': global({
    caAddress: 'cert-manager-istio-csr.cert-manager.svc:443',
    pilotCertProvider: 'k8s.io/clusterissuers.cert-manager.io/istio-ca',
    mountMtlsCerts: true,
    sds: { token: { aud: 'own-audience' } },
    proxy: { resources: null },
  }),
  'of certificates from GKE, with some resources taken away': global({
    caName: 'GkeWorkloadCertificate',
    trustBundleName: 'own-root',
    proxy: {
      resources: { limits: null, requests: { cpu: '1m', memory: null, 'ephemeral-storage': '1Gi' } },
    },
  }),
  'of a trust bundle, with all resources taken away': {
    env: nativeSidecars,
    values: {
      pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
      global: {
        proxy: {
          resources: { limits: { cpu: null, memory: null }, requests: { cpu: null, memory: null } },
        },
      },
    },
  },
  'of a trust bundle with a name, with a lifecycle for proxies': {
    values: {
      pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
      global: {
        trustBundleName: 'own-bundle',
        proxy: {
          lifecycle: {
            preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 5 && echo "{{ bye: # \\n }}"'] } },
            postStart: {
              httpGet: { path: '/start', port: 15021, httpHeaders: [{ name: 'A', value: 'yes' }] },
            },
          },
        },
      },
    },
  },
  'that privileges proxies': {
    helmValues: { global: { proxy: { capNetBindService: true } } },
    values: {
      global: {
        proxy: {
          privileged: true,
          seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/istio.json' },
        },
      },
      gateways: { securityContext: { fsGroup: 1337, seccompProfile: { type: 'RuntimeDefault' } } },
    },
  },
  'that traces with Datadog, and complies with FIPS 140-3': {
    inEveryVersion: true,
    ...global({ proxy: { tracer: 'datadog' } }, { COMPLIANCE_POLICY: 'fips-140-3', ...nativeSidecars }),
  },
  'that traces with Lightstep': global({
    proxy: { tracer: 'lightstep' },
    tracer: { lightstep: { address: 'lightstep:9411', accessToken: 'token' } },
  }),
};
