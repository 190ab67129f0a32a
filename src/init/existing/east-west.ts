import { isDeepStrictEqual } from 'node:util';
import { type HelmValue, type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import {
  crossNetworkPort,
  eastWestGatewayLabels,
  eastWestGatewayName,
  istioSystem,
  networkLabel,
} from '../../mesh/istio-names';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';

const target = ['eastWestGateway'];

/** Whether a gateway of a component is the east-west gateway: another name would be another Service. */
export function isEastWest(component: HelmValues): boolean {
  return component.name === eastWestGatewayName;
}

/** Where a gateway of a component is in its part, and the values that apply to it. */
export interface ComponentContext {
  readonly path: DefinitionPath;
  /** `gateways.istio-ingressgateway` of the values. */
  readonly values: HelmValues;
}

/** Writes a gateway of a component as the east-west gateway of a cluster. */
export function putEastWestComponent(
  draft: ClusterDraft,
  part: Part,
  component: HelmValues,
  { path, values }: ComponentContext,
): void {
  const { name: _name, enabled: _enabled, label, namespace, k8s, ...others } = component;
  if (namespace !== undefined && namespace !== istioSystem) put(draft, part, path, { namespace });
  put(draft, part, [...path, 'label'], filled('labels', ownLabels(label)));
  put(draft, part, ['values', 'gateways'], scalingOfValues(values));
  const settings = isMap(k8s) ? k8s : {};
  const at = [...path, 'k8s'];
  for (const [key, value] of Object.entries(settings)) {
    const write = kubernetesSettings[key];
    if (write === undefined)
      draft.leaveOut(part, [...at, key], 'has no place in eastWestGateway: write it with patches.');
    else if (value !== null) put(draft, part, [...at, key], write(value, settings));
  }
  for (const key of Object.keys(others)) draft.leaveOut(part, [...path, key], 'has no effect on a gateway.');
}

type Write = (value: HelmValue, settings: HelmValues) => HelmValues;

const same =
  (key: string): Write =>
  (value) => ({ [key]: value });

/** Settings of a component's Kubernetes objects in the words of `eastWestGateway`. */
const kubernetesSettings: Readonly<Record<string, Write>> = {
  affinity: same('affinity'),
  env: (value) => environment(value),
  hpaSpec: (value) => autoscaling(value),
  imagePullPolicy: same('imagePullPolicy'),
  nodeSelector: same('nodeSelector'),
  podAnnotations: same('podAnnotations'),
  podDisruptionBudget: same('podDisruptionBudget'),
  priorityClassName: same('priorityClassName'),
  readinessProbe: same('readinessProbe'),
  replicaCount: (value, { hpaSpec }): HelmValues =>
    hpaSpec === undefined ? { autoscaling: 'disabled', replicas: value } : {},
  resources: same('resources'),
  securityContext: same('securityContext'),
  service: (value) => service(value),
  serviceAnnotations: (value) => ({ service: { annotations: value } }),
  strategy: same('strategy'),
  tolerations: same('tolerations'),
};

/** Variables that follow from the mesh definition, and the mode that every gateway has since Istio 1.17. */
const derivedVariables = ['ISTIO_META_REQUESTED_NETWORK_VIEW', 'ISTIO_META_NETWORK'];

function environment(value: HelmValue): HelmValues {
  const variables = (Array.isArray(value) ? value : []).filter(
    (variable) => isMap(variable) && !derivedVariables.includes(String(variable.name)),
  ) as HelmValues[];
  const plain = variables.filter((variable) => variable.valueFrom === undefined);
  const referring = variables.filter((variable) => variable.valueFrom !== undefined);
  return {
    ...filled('env', Object.fromEntries(plain.map(({ name, value: text = '' }) => [String(name), text]))),
    ...(referring.length > 0 ? { envVarFrom: referring } : {}),
  };
}

function autoscaling(value: HelmValue): HelmValues {
  if (!isMap(value)) return {};
  const { minReplicas, maxReplicas, metrics, behavior } = value;
  const cpu = (Array.isArray(metrics) ? metrics : []).find(
    (metric) => valueAt(metric, ['resource', 'name']) === 'cpu',
  );
  const utilization = valueAt(cpu, ['resource', 'target', 'averageUtilization']) as HelmValue | undefined;
  return filled(
    'autoscaling',
    defined({
      minReplicas,
      maxReplicas,
      targetCPUUtilizationPercentage: utilization,
      autoscaleBehavior: behavior,
    }),
  );
}

/** The values of the chart with which a component's gateway is scaled. */
function scalingOfValues({
  autoscaleEnabled,
  autoscaleMin,
  autoscaleMax,
  replicaCount,
  cpu,
}: HelmValues): HelmValues {
  if (autoscaleEnabled === false) return { autoscaling: 'disabled', ...defined({ replicas: replicaCount }) };
  const utilization = valueAt(cpu, ['targetAverageUtilization']) as HelmValue | undefined;
  return filled(
    'autoscaling',
    defined({
      minReplicas: autoscaleMin,
      maxReplicas: autoscaleMax,
      targetCPUUtilizationPercentage: utilization,
    }),
  );
}

/** The ports of the gateway in Istio's installation guide, without those of istiod. */
const ownPorts: readonly HelmValues[] = [
  { name: 'status-port', port: 15021, targetPort: 15021 },
  { name: 'tls', port: crossNetworkPort, targetPort: crossNetworkPort },
];
const istiodPorts: readonly HelmValues[] = [
  { name: 'tls-istiod', port: 15012, targetPort: 15012 },
  { name: 'tls-webhook', port: 15017, targetPort: 15017 },
];

function service(value: HelmValue): HelmValues {
  if (!isMap(value)) return {};
  const { ports, selector: _, ...fields } = value;
  return mergeValues(filled('service', fields), Array.isArray(ports) ? portSettings(ports) : {});
}

function portSettings(ports: readonly HelmValue[]): HelmValues {
  if (isDeepStrictEqual(ports, [...ownPorts, ...istiodPorts])) return {};
  if (isDeepStrictEqual(ports, ownPorts)) return { istiodPorts: 'disabled' };
  return { service: { ports } };
}

/** Writes the values of a release of the chart `gateway` as the east-west gateway of a cluster. */
export function putEastWestChart(draft: ClusterDraft, part: Part, values: HelmValues): void {
  const {
    networkGateway: _,
    autoscaling: scaling,
    replicaCount,
    labels,
    service: ownService,
    kind,
    ...others
  } = values;
  const { enabled, ...limits } = isMap(scaling) ? scaling : {};
  const namespace: HelmValues =
    part.namespace === undefined || part.namespace === istioSystem ? {} : { namespace: part.namespace };
  if (kind === 'DaemonSet') draft.leaveOut(part, ['kind'], 'is a Deployment for an east-west gateway.');
  put(draft, part, [], {
    ...namespace,
    ...others,
    ...filled('labels', ownLabels(labels)),
    ...(enabled === false
      ? { autoscaling: 'disabled', ...defined({ replicas: replicaCount }) }
      : filled('autoscaling', limits)),
    ...(isMap(ownService) ? service(ownService) : {}),
  });
  draft.notes.push(
    `${part.file}: The chart's Deployment ${eastWestGatewayName} has another selector, which Kubernetes does not change. Before you apply the new one, run kubectl delete deployment ${eastWestGatewayName} -n istio-system --cascade=orphan; the old pods stay until you delete their ReplicaSet.`,
  );
}

/** Labels besides those by which istiod and the Service find the gateway. */
function ownLabels(label: HelmValue | undefined): HelmValues {
  const known = [...Object.keys(eastWestGatewayLabels), networkLabel];
  return Object.fromEntries(
    Object.entries(isMap(label) ? label : {}).filter(([key]) => !known.includes(key)),
  );
}

function put(draft: ClusterDraft, part: Part, path: DefinitionPath, settings: HelmValues): void {
  for (const [key, value] of Object.entries(settings)) draft.put([...target, key], value, part, path);
}

function filled(key: string, value: HelmValues): HelmValues {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

function defined(settings: Readonly<Record<string, HelmValue | undefined>>): HelmValues {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as HelmValues;
}
