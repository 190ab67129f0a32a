import { isDeepStrictEqual } from 'node:util';
import type {
  V1Deployment,
  V1PodDisruptionBudget,
  V1Service,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type { HelmValue, HelmValues } from '../mesh/helm-values';
import { istioSystem } from '../mesh/istio-names';

/** The objects of a gateway that istioctl has installed. */
export interface GatewayWorkload {
  readonly deployment: V1Deployment;
  readonly service?: V1Service;
  readonly autoscaler?: V2HorizontalPodAutoscaler;
  readonly budget?: V1PodDisruptionBudget;
}

/** A gateway as a component of an IstioOperator: what its objects have besides the defaults of Istio's chart. */
export function gatewayComponent({ deployment, service, autoscaler, budget }: GatewayWorkload): HelmValues {
  const { metadata, spec } = deployment;
  const pod = spec?.template.spec;
  const container = pod?.containers.find(({ name }) => name === 'istio-proxy');
  return {
    name: metadata?.name ?? '',
    ...(metadata?.namespace === istioSystem ? {} : { namespace: metadata?.namespace ?? '' }),
    enabled: true,
    label: plain(spec?.selector.matchLabels ?? {}),
    k8s: different({
      affinity: [withoutEmptyMaps(pod?.affinity), undefined],
      env: [ownVariables(container?.env ?? []), []],
      hpaSpec: [scaling(autoscaler), defaults.hpaSpec],
      nodeSelector: [pod?.nodeSelector, undefined],
      podAnnotations: [without(spec?.template.metadata?.annotations, generatedAnnotations), {}],
      podDisruptionBudget: [budgetSettings(budget), defaults.podDisruptionBudget],
      priorityClassName: [pod?.priorityClassName, undefined],
      replicaCount: [autoscaler === undefined ? spec?.replicas : undefined, undefined],
      resources: [container?.resources, defaults.resources],
      service: [serviceSettings(service), defaults.service],
      serviceAnnotations: [without(service?.metadata?.annotations, generatedAnnotations), {}],
      strategy: [spec?.strategy, defaults.strategy],
      tolerations: [pod?.tolerations, undefined],
    }),
  };
}

/** The template with which istiod completes the pods of a gateway; empty if they are complete. */
export function injectionTemplate({ deployment }: GatewayWorkload): string {
  return deployment.spec?.template.metadata?.annotations?.['inject.istio.io/templates'] ?? '';
}

/** What Istio's chart and the API server write by themselves, in the form in which the API server stores it. */
const defaults = {
  hpaSpec: {
    minReplicas: 1,
    maxReplicas: 5,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ],
  },
  podDisruptionBudget: { minAvailable: 1 },
  resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
  service: {
    ports: [
      { name: 'status-port', port: 15021, targetPort: 15021 },
      { name: 'http2', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ],
  },
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
};

const generatedAnnotations =
  /^(prometheus\.io\/|sidecar\.istio\.io\/inject$|istio\.io\/rev$|inject\.istio\.io\/templates$|kubectl\.kubernetes\.io\/)/;

/** Variables that the chart writes for every gateway. */
const generatedVariables = new Set([
  ...['PILOT_CERT_PROVIDER', 'CA_ADDR', 'NODE_NAME', 'POD_NAME', 'POD_NAMESPACE', 'INSTANCE_IP', 'HOST_IP'],
  ...[
    'ISTIO_CPU_LIMIT',
    'SERVICE_ACCOUNT',
    'ISTIO_META_WORKLOAD_NAME',
    'ISTIO_META_OWNER',
    'ISTIO_META_MESH_ID',
  ],
  ...['TRUST_DOMAIN', 'ISTIO_META_UNPRIVILEGED_POD', 'ISTIO_META_NETWORK', 'ISTIO_META_CLUSTER_ID'],
  ...['ISTIO_META_NODE_NAME'],
]);

function ownVariables(variables: readonly { readonly name: string }[]) {
  return variables.filter(({ name }) => !generatedVariables.has(name));
}

function scaling(autoscaler: V2HorizontalPodAutoscaler | undefined) {
  if (autoscaler?.spec === undefined) return defaults.hpaSpec;
  const { minReplicas, maxReplicas, metrics, behavior } = autoscaler.spec;
  return { minReplicas, maxReplicas, metrics, behavior };
}

function budgetSettings(budget: V1PodDisruptionBudget | undefined) {
  if (budget?.spec === undefined) return defaults.podDisruptionBudget;
  const { minAvailable, maxUnavailable } = budget.spec;
  return { minAvailable, maxUnavailable };
}

/** Without what the API server assigns, which stays when the Service is applied. */
function serviceSettings(service: V1Service | undefined) {
  const spec = service?.spec ?? {};
  const isOfNodes = spec.type === 'NodePort';
  return {
    type: spec.type === 'LoadBalancer' ? undefined : spec.type,
    ports: (spec.ports ?? []).map(({ name, port, targetPort, nodePort, protocol, appProtocol }) => ({
      name,
      port,
      targetPort,
      nodePort: isOfNodes ? nodePort : undefined,
      protocol: protocol === 'TCP' ? undefined : protocol,
      appProtocol,
    })),
    externalIPs: spec.externalIPs,
    externalTrafficPolicy: spec.externalTrafficPolicy === 'Local' ? 'Local' : undefined,
    loadBalancerClass: spec.loadBalancerClass,
    loadBalancerIP: spec.loadBalancerIP,
    loadBalancerSourceRanges: spec.loadBalancerSourceRanges,
  };
}

/** The settings that differ from their defaults. */
function different(
  settings: Readonly<Record<string, readonly [value: unknown, usual: unknown]>>,
): HelmValues {
  return Object.fromEntries(
    Object.entries(settings)
      .map(([key, [value, usual]]) => [key, plain(value), plain(usual)] as const)
      .filter(([, value, usual]) => value !== undefined && !isDeepStrictEqual(value, usual))
      .map(([key, value]) => [key, value]),
  ) as HelmValues;
}

/** Without the fields that are undefined, as in a manifest. */
function plain(value: unknown): HelmValue {
  return value === undefined ? (undefined as never) : (JSON.parse(JSON.stringify(value)) as HelmValue);
}

function without(
  map: Readonly<Record<string, string>> = {},
  names: RegExp,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.test(name)));
}

/** The chart writes an affinity without content for every gateway. */
function withoutEmptyMaps(affinity: object | undefined): object | undefined {
  const parts = Object.entries(affinity ?? {}).filter(([, part]) => Object.keys(part ?? {}).length > 0);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}
