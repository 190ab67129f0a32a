import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../kubernetes/object';
import { eastWestGatewaySchema } from '../../mesh/gateway';
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

/** Whether a gateway of a component is one for other networks. */
export function isEastWest({ name, label }: HelmValues): boolean {
  return name === eastWestGatewayName || (isMap(label) && label[networkLabel] !== undefined);
}

/** The values of the chart that have a place in `eastWestGateway`. */
const knownValues = [
  'injectionTemplate',
  'autoscaleEnabled',
  'autoscaleMin',
  'autoscaleMax',
  'replicaCount',
  'cpu',
];

/** Whether all settings of a gateway have a place in `eastWestGateway`, whose pods istiod completes. */
export function fitsEastWest(component: HelmValues, values: HelmValues): boolean {
  const { name, enabled: _, label, namespace, k8s, ...others } = component;
  const settings = isMap(k8s) ? k8s : {};
  const hasPlace =
    name === eastWestGatewayName &&
    Object.entries(eastWestGatewayLabels).every(([key, text]) => isMap(label) && label[key] === text) &&
    (namespace === undefined || namespace === istioSystem) &&
    Object.keys(others).length === 0 &&
    values.injectionTemplate === 'gateway' &&
    Object.keys(values).every((key) => knownValues.includes(key)) &&
    Object.keys(settings).every((key) => kubernetesSettings[key] !== undefined);
  if (!hasPlace) return false;
  const layers = Object.entries(settings).map(([key, value]) =>
    value === null ? {} : (kubernetesSettings[key]?.(value, settings) ?? {}),
  );
  const written = mergeValues(filled('labels', ownLabels(label)), scalingOfValues(values), ...layers);
  return eastWestGatewaySchema.safeParse(written).success;
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
  if (namespace !== undefined && namespace !== istioSystem) {
    draft.leaveOut(part, [...path, 'namespace'], otherNamespace);
  }
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

const otherNamespace = `is not that of eastWestGateway, which is in ${istioSystem}. The gateway keeps its namespace among istio.components if values.gateways.istio-ingressgateway is the same in all files of the cluster.`;

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
