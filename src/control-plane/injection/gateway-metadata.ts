import { call, Expression, go, type Operand, templateVariable } from './expression';
import type { InjectionInput } from './injector-config';
import { clusterNetwork } from './pod';
import { type TemplateList, type TemplateMap, type Yaml, yaml } from './template';

type StringMap = Readonly<Record<string, Operand>>;

/** What the Gateway gives to the objects that are made of it. */
const labels = go`.InfrastructureLabels`;
const annotations = templateVariable(
  '$infrastructureAnnotations',
  call(
    'omit',
    go`.InfrastructureAnnotations`,
    // Of the Gateway itself: how it was applied, and what istiod is to make of it.
    'kubectl.kubernetes.io/last-applied-configuration',
    'gateway.istio.io/name-override',
    'gateway.istio.io/service-account',
    'gateway.istio.io/controller-version',
  ),
);

/** By what the objects of a Gateway are known. */
const gatewayLabels: StringMap = {
  'gateway.networking.k8s.io/gateway-name': go`.Name`,
  'gateway.networking.k8s.io/gateway-class-name': go`.GatewayClass`,
};

/** The network that the Gateway says it is in; empty where it does not. */
export const gatewayNetwork: Expression = go`index .InfrastructureLabels "topology.istio.io/network"`;

/** The network that the Gateway's proxies are in: its own or, where it names none, the cluster's. */
export function proxyNetwork(input: InjectionInput): Expression {
  const network = clusterNetwork(input);
  return network === undefined ? gatewayNetwork : go`${gatewayNetwork} | default ${network}`;
}

/** The Gateway as the owner of an object, which goes when the Gateway goes. */
export const ownerReferences: TemplateList = [
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    name: go`.Name`,
    uid: go`.UID`,
  },
];

/** The metadata of an object with the Gateway's labels and annotations. */
export function gatewayMetadata(
  name: Expression,
  more: { labels?: StringMap; defaultAnnotations?: StringMap } = {},
): TemplateMap {
  return {
    name,
    namespace: go`.Namespace`,
    annotations: merged(more.defaultAnnotations, annotations),
    labels: merged(labels, { ...gatewayLabels, ...more.labels }),
    ownerReferences,
  };
}

/** The metadata of the Gateway's pods. */
export function gatewayPodMetadata(defaultLabels: StringMap, ownLabels: StringMap): TemplateMap {
  const always = {
    'istio.io/rev': go`.Revision | default "default"`,
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/port': '15020',
    'prometheus.io/scrape': 'true',
  };
  const canonical = {
    'service.istio.io/canonical-name': go`.DeploymentName`,
    'service.istio.io/canonical-revision': 'latest',
  };
  return {
    annotations: merged(annotations, always),
    labels: merged({ ...canonical, ...defaultLabels }, labels, { ...gatewayLabels, ...ownLabels }),
  };
}

/** A map of strings that istiod merges, the later over the earlier. */
function merged(...maps: readonly (Expression | StringMap | undefined)[]): Yaml {
  const expressions = maps
    .filter((map) => map !== undefined)
    .map((map) => (map instanceof Expression ? map : call('strdict', ...Object.entries(map).flat())));
  return yaml(call('toJsonMap', ...expressions));
}
