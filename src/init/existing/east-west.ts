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
import { gatewayProblems } from '../../mesh/rules/gateways';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import { settingsOfOverlays } from './east-west-overlays';
import type { Part } from './part';

const target = ['eastWestGateway'];

/** Whether a gateway of a component is one for other networks. */
export function isEastWest({ name, label }: HelmValues): boolean {
  return name === eastWestGatewayName || (isMap(label) && label[networkLabel] !== undefined);
}

/** Whether all settings of a gateway have a place in `eastWestGateway`, whose pods istiod completes. */
export function fitsEastWest(component: HelmValues, values: HelmValues): boolean {
  const { name, enabled: _, label, namespace, k8s, ...others } = component;
  const settings = isMap(k8s) ? k8s : {};
  const hasPlace =
    name === eastWestGatewayName &&
    isMap(label) &&
    label.istio === eastWestGatewayLabels.istio &&
    Object.keys(others).length === 0 &&
    values.injectionTemplate === 'gateway' &&
    Object.keys(values).every((key) => scalingValues.includes(key) || chartValues[key] !== undefined);
  const layers = Object.entries(settings).map(([key, value]) => written(key, value, settings));
  if (!hasPlace || layers.some((layer) => layer === undefined)) return false;
  const all = mergeValues(
    filled('labels', ownLabels(label)),
    namespaceSettings(namespace),
    settingsOfValues(values),
    ...layers.map((layer) => layer ?? {}),
  );
  const { data } = eastWestGatewaySchema.safeParse(all);
  const network = isMap(label) ? String(label[networkLabel]) : '';
  return data !== undefined && gatewayProblems(data, network).length === 0;
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
  put(draft, part, [...path, 'namespace'], namespaceSettings(namespace));
  put(draft, part, [...path, 'label'], filled('labels', ownLabels(label)));
  put(draft, part, ['values', 'gateways'], settingsOfValues(values));
  for (const key of Object.keys(values)) {
    const isKnown = scalingValues.includes(key) || chartValues[key] !== undefined;
    const list = path.includes('egressGateways') ? 'istio-egressgateway' : 'istio-ingressgateway';
    if (!isKnown) draft.leaveOut(part, ['values', 'gateways', list, key], noPlace);
  }
  const settings = isMap(k8s) ? k8s : {};
  const at = [...path, 'k8s'];
  for (const [key, value] of Object.entries(settings)) {
    const found = written(key, value, settings);
    if (found === undefined) draft.leaveOut(part, [...at, key], noPlace);
    else put(draft, part, [...at, key], found);
  }
  for (const key of Object.keys(others)) draft.leaveOut(part, [...path, key], 'has no effect on a gateway.');
}

const noPlace = 'has no place in eastWestGateway: write it with patches.';

function namespaceSettings(namespace: HelmValue | undefined): HelmValues {
  const isOther = typeof namespace === 'string' && namespace !== '' && namespace !== istioSystem;
  return isOther ? { namespace } : {};
}

/** A setting of `k8s` in the words of `eastWestGateway`; undefined if it has no place there. */
function written(key: string, value: HelmValue, settings: HelmValues): HelmValues | undefined {
  if (value === null) return {};
  return kubernetesSettings[key]?.(value, settings);
}

type Write = (value: HelmValue, settings: HelmValues) => HelmValues | undefined;

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
  overlays: settingsOfOverlays,
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
  const given = (Array.isArray(value) ? value : []).filter(isMap) as HelmValues[];
  const plain = given.filter((variable) => variable.valueFrom === undefined);
  const referring = given.filter(
    ({ name, valueFrom }) => valueFrom !== undefined && !derivedVariables.includes(String(name)),
  );
  return {
    ...variables(Object.fromEntries(plain.map(({ name, value: text = '' }) => [String(name), text]))),
    ...(referring.length > 0 ? { envVarFrom: referring } : {}),
  };
}

function variables(texts: HelmValues): HelmValues {
  const own = Object.entries(texts).filter(([name]) => !derivedVariables.includes(name));
  return filled('env', Object.fromEntries(own));
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

/** The values of the chart with which a component's gateway is scaled and injected. */
const scalingValues = [
  'injectionTemplate',
  'autoscaleEnabled',
  'autoscaleMin',
  'autoscaleMax',
  'replicaCount',
  'cpu',
];

const ofService =
  (key: string) =>
  (value: HelmValue): HelmValues => ({ service: { [key]: value } });

/** Other values of the chart that have a place in `eastWestGateway`. */
const chartValues: Readonly<Record<string, (value: HelmValue) => HelmValues>> = {
  env: (value) => variables(isMap(value) ? value : {}),
  externalTrafficPolicy: ofService('externalTrafficPolicy'),
  loadBalancerIP: ofService('loadBalancerIP'),
  loadBalancerSourceRanges: ofService('loadBalancerSourceRanges'),
  podAnnotations: (podAnnotations) => ({ podAnnotations }),
  ports: (value) => (Array.isArray(value) && value.length > 0 ? portSettings(value) : {}),
  resources: (resources) => ({ resources }),
  serviceAccount: (serviceAccount) => ({ serviceAccount }),
  serviceAnnotations: ofService('annotations'),
  tolerations: (tolerations) => ({ tolerations }),
  type: ofService('type'),
};

function settingsOfValues(values: HelmValues): HelmValues {
  const layers = Object.entries(values).map(([key, value]) =>
    value === null ? {} : (chartValues[key]?.(value) ?? {}),
  );
  return mergeValues(scalingOfValues(values), ...layers);
}

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
  const { ports, selector, ...fields } = value;
  return mergeValues(
    filled('service', fields),
    isMap(selector) ? selectorSettings(selector) : {},
    Array.isArray(ports) ? portSettings(ports) : {},
  );
}

function portSettings(ports: readonly HelmValue[]): HelmValues {
  if (isDeepStrictEqual(ports, [...ownPorts, ...istiodPorts])) return {};
  if (isDeepStrictEqual(ports, ownPorts)) return { istiodPorts: 'disabled' };
  return { service: { ports } };
}

/** Labels of the selector besides those of the pods. */
function selectorSettings(selector: HelmValues): HelmValues {
  const own = ownLabels(selector, {});
  return Object.keys(own).length === 0 ? {} : { service: { selectorLabels: own } };
}

/** Labels of a gateway that differ from those of `eastWestGateway`. Its chart has one without any. */
function ownLabels(label: HelmValue | undefined, ofChart: HelmValues = chartLabels): HelmValues {
  const known: HelmValues = eastWestGatewayLabels;
  return Object.fromEntries(
    Object.entries({ ...ofChart, ...(isMap(label) ? label : {}) }).filter(
      ([key, text]) => key !== networkLabel && known[key] !== text && key !== 'istio',
    ),
  );
}

/** Without a label of this name, the gateway has that of the ingress gateway, also in the selector of its Deployment. */
const chartLabels: HelmValues = { app: 'istio-ingressgateway' };

function put(draft: ClusterDraft, part: Part, path: DefinitionPath, settings: HelmValues): void {
  for (const [key, value] of Object.entries(settings)) draft.put([...target, key], value, part, path);
}

function filled(key: string, value: HelmValues): HelmValues {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
