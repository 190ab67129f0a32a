import { call, Expression, go, type Operand, templateVariable } from './expression';
import type { InjectionInput } from './injection-input';
import { clusterNetwork } from './pod';
import { type TemplateList, type TemplateMap, type Yaml, yaml } from './template';

type StringMap = Readonly<Record<string, Operand>>;

/** The labels that the Gateway defines for its objects. */
const labels = go`.InfrastructureLabels`;
const annotations = templateVariable(
  '$infrastructureAnnotations',
  call(
    'omit',
    go`.InfrastructureAnnotations`,
    // These annotations configure only the Gateway itself: how it was applied, and how istiod deploys it.
    'kubectl.kubernetes.io/last-applied-configuration',
    'gateway.istio.io/name-override',
    'gateway.istio.io/service-account',
    'gateway.istio.io/controller-version',
  ),
);

/** The labels that identify the objects of a Gateway. */
const gatewayLabels: StringMap = {
  'gateway.networking.k8s.io/gateway-name': go`.Name`,
  'gateway.networking.k8s.io/gateway-class-name': go`.GatewayClass`,
};

/** The network from the labels of the Gateway; empty if it has no such label. */
export const gatewayNetwork: Expression = go`index .InfrastructureLabels "topology.istio.io/network"`;

/** The network of the Gateway's proxies. The default is the network of the cluster. */
export function proxyNetwork(input: InjectionInput): Expression {
  const network = clusterNetwork(input);
  return network === undefined ? gatewayNetwork : go`${gatewayNetwork} | default ${network}`;
}

/** Makes the Gateway the owner of an object, so that Kubernetes deletes the object with the Gateway. */
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

/** A map of strings that istiod merges. Later maps override earlier ones. */
function merged(...maps: readonly (Expression | StringMap | undefined)[]): Yaml {
  const expressions = maps
    .filter((map) => map !== undefined)
    .map((map) => (map instanceof Expression ? map : call('strdict', ...Object.entries(map).flat())));
  return yaml(call('toJsonMap', ...expressions));
}
