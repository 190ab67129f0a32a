import { distinct, environmentVariable, resources } from '../../kubernetes/container';
import { horizontalPodAutoscaler } from '../../kubernetes/horizontal-pod-autoscaler';
import { defined, ifSet, isSet, type KubernetesObject, type ObjectMetadata } from '../../kubernetes/object';
import { boundRole, read } from '../../kubernetes/role';
import { storedPodSpec } from '../../kubernetes/stored-pod-spec';
import type { GatewaySettings } from '../../mesh/gateways/gateway-settings';
import type { ServicePortDefinition } from '../../mesh/gateways/service-settings';
import { type Texts, textsOf } from '../../mesh/gateways/texts';
import { crossNetworkPort, defaultRevision, networkLabel, withRevision } from '../../mesh/istio-names';
import { gatewayNamesUser } from '../istio-release';
import { gatewayPolicy } from './gateway-policy';
import { serviceFields, servicePort } from './service-fields';
import { budgetOf, containerFields, environmentOf, podFields } from './workload-fields';

/** The objects of a gateway by purpose, as Istio's chart `gateway` renders them. */
export function injectedGatewayObjects(gateway: GatewaySettings): Readonly<Record<string, KubernetesObject>> {
  const [role, roleBinding] = secretAccess(gateway);
  return defined({
    'service-account': serviceAccount(gateway),
    workload: workload(gateway),
    role,
    'role-binding': roleBinding,
    autoscaler: autoscaler(gateway),
    'disruption-budget': disruptionBudget(gateway),
    'network-policy': networkPolicy(gateway),
    service: service(gateway),
  });
}

/** The service account of a gateway's pods. */
function accountName({ name, values }: GatewaySettings): string {
  const { create, name: given } = values.serviceAccount ?? {};
  return given || (create ? name : 'default');
}

/** Labels of all objects. Without those by which Helm keeps its books: an object with them is Helm's to delete. */
function chartLabels({ key, name, version, selector, values }: GatewaySettings): Texts {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': key,
    'app.kubernetes.io/part-of': 'istio',
    'app.kubernetes.io/version': version,
    ...textsOf(values.labels),
    ...selector,
  };
}

function metadata(gateway: GatewaySettings, name: string, annotations: Texts = {}): ObjectMetadata {
  const labels = chartLabels(gateway);
  return { name, namespace: gateway.namespace.name, labels, annotations: ifSet(annotations) };
}

function serviceAccount(gateway: GatewaySettings): KubernetesObject | undefined {
  const { create, annotations } = gateway.values.serviceAccount ?? {};
  if (!create) return undefined;
  const accountMetadata = metadata(gateway, accountName(gateway), textsOf(annotations));
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: accountMetadata };
}

function secretAccess(gateway: GatewaySettings): readonly KubernetesObject[] {
  if (!gateway.values.rbac?.enabled) return [];
  const name = accountName(gateway);
  return boundRole(
    metadata(gateway, name, textsOf(gateway.values.annotations)),
    [{ apiGroups: [''], resources: ['secrets'], verbs: read }],
    { name },
  );
}

function workload(gateway: GatewaySettings): KubernetesObject {
  const { name, selector, values } = gateway;
  const isDaemonSet = values.kind === 'DaemonSet';
  return {
    apiVersion: 'apps/v1',
    kind: isDaemonSet ? 'DaemonSet' : 'Deployment',
    metadata: metadata(gateway, name, textsOf(values.annotations)),
    spec: {
      // Omitted with autoscaling, where every apply would reset the number of pods.
      replicas: isDaemonSet || values.autoscaling?.enabled ? undefined : values.replicaCount,
      [isDaemonSet ? 'updateStrategy' : 'strategy']: ifSet(values.strategy),
      minReadySeconds: ifSet(values.minReadySeconds),
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: podLabels(gateway), annotations: ifSet(textsOf(values.podAnnotations)) },
        spec: podSpec(gateway),
      },
    },
  };
}

function podLabels(gateway: GatewaySettings): Texts {
  const { revision, values } = gateway;
  return {
    'sidecar.istio.io/inject': 'true',
    ...(revision === undefined ? {} : { 'istio.io/rev': revision }),
    ...chartLabels(gateway),
    ...(values.networkGateway ? { [networkLabel]: values.networkGateway } : {}),
  };
}

function podSpec(gateway: GatewaySettings) {
  const { values } = gateway;
  const { networkGateway } = values;
  const environment = [
    ...(networkGateway ? [environmentVariable('ISTIO_META_REQUESTED_NETWORK_VIEW', networkGateway)] : []),
    ...environmentOf(values),
  ];
  return storedPodSpec({
    serviceAccountName: accountName(gateway),
    securityContext: ifSet(values.securityContext) ?? podSecurityContext(gateway),
    containers: [
      {
        name: 'istio-proxy',
        // istiod replaces it by the image of the proxy.
        image: 'auto',
        securityContext: ifSet(values.containerSecurityContext) ?? containerSecurityContext(gateway),
        env: ifSet(distinct(environment)),
        ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
        resources: resources(values.resources ?? {}),
        volumeMounts: ifSet(values.volumeMounts),
        ...containerFields(values),
      },
      ...(values.additionalContainers ?? []),
    ],
    volumes: ifSet(values.volumes),
    ...podFields(values),
  });
}

/** Lets an unprivileged process listen on ports below 1024. */
function podSecurityContext({ security }: GatewaySettings) {
  return {
    sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    seccompProfile: security === 'hardened' ? { type: 'RuntimeDefault' } : undefined,
  };
}

/** Older charts name the user. OpenShift assigns users by namespace and refuses pods that request one. */
function containerSecurityContext({ version, values: { platform } }: GatewaySettings) {
  const namesUser = gatewayNamesUser(version) && platform !== 'openshift';
  return {
    capabilities: { drop: ['ALL'] },
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    ...(namesUser ? { runAsUser: 1337, runAsGroup: 1337 } : {}),
    runAsNonRoot: true,
  };
}

function autoscaler(gateway: GatewaySettings): KubernetesObject | undefined {
  const { kind, autoscaling = {}, annotations } = gateway.values;
  if (!autoscaling.enabled || kind === 'DaemonSet') return undefined;
  const { minReplicas = 1, maxReplicas = minReplicas, autoscaleBehavior } = autoscaling;
  const cpu = autoscaling.targetCPUUtilizationPercentage;
  const memory = Number(ifSet(autoscaling.targetMemoryUtilizationPercentage) ?? 0);
  return horizontalPodAutoscaler(metadata(gateway, gateway.name, textsOf(annotations)), {
    minReplicas,
    maxReplicas,
    utilization: { cpu: ifSet(cpu), memory: ifSet(memory) },
    behavior: ifSet(autoscaleBehavior),
  });
}

/** For a single pod, a budget would only block the draining of its node. */
function disruptionBudget(gateway: GatewaySettings): KubernetesObject | undefined {
  const { name, selector, values } = gateway;
  const { autoscaling, replicaCount = 0 } = values;
  const least = autoscaling?.enabled ? (autoscaling.minReplicas ?? 0) : replicaCount;
  if (!isSet(values.podDisruptionBudget) || least < 2) return undefined;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(gateway, name),
    spec: { ...budgetOf(values), selector: { matchLabels: selector } },
  };
}

function networkPolicy(gateway: GatewaySettings): KubernetesObject | undefined {
  const { name, namespace, selector, revision = defaultRevision, values } = gateway;
  const policy = values.global?.networkPolicy as { readonly enabled?: boolean } | undefined;
  if (!policy?.enabled) return undefined;
  // The chart opens the ports of a Service that a gateway between networks does not have.
  const ports = values.networkGateway ? networkPorts(gateway) : (values.service?.ports ?? []);
  const labels = {
    app: name,
    'istio.io/rev': revision,
    'app.kubernetes.io/name': name,
    ...textsOf(values.labels),
    ...selector,
  };
  return gatewayPolicy(
    { name: withRevision(name, revision), namespace: namespace.name, labels },
    selector,
    ports.map(({ port, targetPort, protocol }) => ({
      port: targetPort ?? port,
      protocol: protocol || 'TCP',
    })),
  );
}

function service(gateway: GatewaySettings): KubernetesObject | undefined {
  const { name, selector, values } = gateway;
  const { type, ports = [], annotations, selectorLabels, ...fields } = values.service ?? {};
  if (type === 'None') return undefined;
  const own = textsOf(annotations);
  // An empty text does not replace an annotation of all objects, as in the chart.
  const filled = Object.fromEntries(Object.entries(own).filter(([, text]) => text !== ''));
  const common = metadata(gateway, name, { ...own, ...textsOf(values.annotations), ...filled });
  const network: Texts = values.networkGateway ? { [networkLabel]: values.networkGateway } : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...common, labels: { ...common.labels, ...network } },
    spec: {
      ...serviceFields({ type, ...fields }),
      ports: (values.networkGateway ? networkPorts(gateway) : ports).map(servicePort),
      selector: { ...selector, ...textsOf(selectorLabels) },
    },
  };
}

/** The ports through which other networks enter, in the order of the chart. */
function networkPorts({ values: { networkGatewayPorts = {} } }: GatewaySettings): ServicePortDefinition[] {
  return networkTargets.flatMap(([name, target]) => {
    const { port, targetPort, protocol } = networkGatewayPorts[name] ?? {};
    return port === undefined
      ? []
      : [{ name, port, targetPort: targetPort || target, protocol: protocol || 'TCP' }];
  });
}

const networkTargets = [
  ['status-port', 15021],
  ['tls', crossNetworkPort],
  ['tls-istiod', 15012],
  ['tls-webhook', 15017],
] as const;
