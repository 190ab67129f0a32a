import type {
  V1ConfigMap,
  V1Deployment,
  V1PodDisruptionBudget,
  V1Service,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import { parse } from 'yaml';
import type { Part } from '../init/existing/part';
import { type HelmValues, isMap, mergeValues } from '../mesh/helm-values';
import { eastWestGatewayName, istioSystem } from '../mesh/istio-names';
import { valueAt } from '../problems/problem';
import { groupBy } from './group-by';
import { type GatewayWorkload, gatewayComponent, injectionTemplate } from './installed-gateway';
import type { LiveCluster } from './live-cluster';

/**
 * The control plane and the gateways that istioctl has installed, as IstioOperators: one for the control plane, and one
 * for the gateways of each template of istiod that its values do not name.
 */
export async function readOperators(live: LiveCluster): Promise<readonly Part[]> {
  const configMaps = await live.list<V1ConfigMap>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: istioSystem,
  });
  const found = configMaps.filter(({ metadata }) => /^values(-|$)/.test(metadata?.name ?? ''));
  const [configMap] = found.sort((a, b) => ((a.metadata?.name ?? '') < (b.metadata?.name ?? '') ? -1 : 1));
  const text = configMap?.data?.['original-values'];
  if (configMap === undefined || text === undefined) return [];
  const values = userValues(parse(text) as HelmValues);
  const lists = await Promise.all(
    gatewayLists.map(async (list) => gatewayParts(list, values, await readGateways(live, list.component))),
  );
  const ofControlPlane = lists.map(({ own }) => own);
  const contents: HelmValues[] = [
    {
      values: mergeValues(values, ...ofControlPlane.map((each) => each.values)),
      components: Object.assign({}, ...ofControlPlane.map((each) => each.components)),
    },
    ...lists.flatMap(({ beside }) => beside.map((each) => ({ profile: 'empty', ...each }))),
  ];
  return contents.map((content) => ({
    kind: 'operator',
    content,
    file: live.name,
    locate: () => ({ file: live.name }),
  }));
}

/** The kinds of gateways, with the key of their values. */
const gatewayLists = [
  { key: 'ingressGateways', component: 'IngressGateways', values: 'istio-ingressgateway' },
  { key: 'egressGateways', component: 'EgressGateways', values: 'istio-egressgateway' },
] as const;

/** Gateways as a part of an IstioOperator. */
interface GatewayPart {
  readonly values: HelmValues;
  readonly components: HelmValues;
}

/**
 * The gateways of a kind, by the template with which istiod completes their pods. One IstioOperator has one template
 * for all of a kind. That of the control plane has the template of its values, or of its first gateway.
 */
function gatewayParts(
  { key, values: chart }: (typeof gatewayLists)[number],
  values: HelmValues,
  gateways: readonly GatewayWorkload[],
): { readonly own: GatewayPart; readonly beside: readonly GatewayPart[] } {
  const ofIngress = gateways.find(({ deployment }) => deployment.metadata?.name !== eastWestGatewayName);
  const given = valueAt(values, ['gateways', chart, 'injectionTemplate']);
  const ownTemplate = typeof given === 'string' ? given : ofIngress ? injectionTemplate(ofIngress) : '';
  const part = (template: string, workloads: readonly GatewayWorkload[]): GatewayPart => ({
    values: template === '' ? {} : { gateways: { [chart]: { injectionTemplate: template } } },
    components: workloads.length === 0 ? {} : { [key]: workloads.map(gatewayComponent) },
  });
  const isOwn = (gateway: GatewayWorkload) => injectionTemplate(gateway) === ownTemplate;
  const own = part(ownTemplate, gateways.filter(isOwn));
  const others = groupBy(
    gateways.filter((gateway) => !isOwn(gateway)),
    injectionTemplate,
  );
  return {
    // Without a list, the gateways are those of the profile.
    own: key === 'ingressGateways' ? { ...own, components: { [key]: [], ...own.components } } : own,
    beside: others.map((group) => part(injectionTemplate(group[0] as GatewayWorkload), group)),
  };
}

/** What istioctl adds to the values of its user. */
function userValues({
  ztunnel: _,
  defaultRevision: _revision,
  revisionTags: _tags,
  ...values
}: HelmValues): HelmValues {
  const { gateways, pilot, global, ...others } = values;
  const { enabled: _enabled, cni, ...ownPilot } = isMap(pilot) ? pilot : {};
  const { configValidation, istioNamespace, ...ownGlobal } = isMap(global) ? global : {};
  const ownGateways = Object.entries(isMap(gateways) ? gateways : {}).filter(
    ([, gateway]) => isMap(gateway) && Object.keys(gateway).length > 0,
  );
  return {
    ...others,
    ...(ownGateways.length === 0 ? {} : { gateways: Object.fromEntries(ownGateways) }),
    pilot: { ...ownPilot, ...(valueAt(cni, ['enabled']) === true ? { cni: cni ?? {} } : {}) },
    global: {
      ...ownGlobal,
      ...(configValidation === false ? { configValidation } : {}),
      ...(istioNamespace === undefined || istioNamespace === istioSystem ? {} : { istioNamespace }),
    },
  };
}

async function readGateways(live: LiveCluster, component: string): Promise<GatewayWorkload[]> {
  const labels = { 'operator.istio.io/component': component };
  const [deployments, services, autoscalers, budgets] = await Promise.all([
    live.list<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', labels }),
    live.list<V1Service>({ apiVersion: 'v1', kind: 'Service', labels }),
    live.list<V2HorizontalPodAutoscaler>({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      labels,
    }),
    live.list<V1PodDisruptionBudget>({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', labels }),
  ]);
  return deployments.map((deployment) => {
    const isOfGateway = ({ metadata }: { metadata?: { name?: string; namespace?: string } }) =>
      metadata?.name === deployment.metadata?.name && metadata?.namespace === deployment.metadata?.namespace;
    return {
      deployment,
      service: services.find(isOfGateway),
      autoscaler: autoscalers.find(isOfGateway),
      budget: budgets.find(isOfGateway),
    };
  });
}
