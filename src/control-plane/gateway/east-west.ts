import { environmentVariable, secretVolume } from '../../kubernetes/container';
import { defined, ifSet } from '../../kubernetes/object';
import type { ServicePortDefinition } from '../../mesh/gateways/service-settings';
import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import {
  crossNetworkPort,
  defaultRevision,
  eastWestGatewayLabels,
  eastWestGatewayName,
  networkLabel,
} from '../../mesh/istio-names';
import type { TolerationDefinition } from '../../mesh/kubernetes/scheduling';
import type { Cluster, EastWestGatewaySettings } from '../../mesh/mesh';
import { furtherSettings } from './east-west-settings';
import type { Gateway, GatewayPorts, GatewayScaling } from './gateway';
import { injectedPod } from './pod';
import { nodeAffinity } from './scheduling';
import { servicePort } from './service-fields';

/** The settings of an east-west gateway that follow from its cluster. */
export interface EastWestGatewayContext {
  readonly network: string;
  readonly revision?: string;
  readonly imagePullPolicy?: string;
  readonly imagePullSecrets?: readonly string[];
  readonly prometheusMerge?: 'enabled' | 'disabled';
  readonly disruptionBudget?: 'enabled' | 'disabled';
  readonly networkPolicy?: 'enabled' | 'disabled';
  readonly platform?: string;
  readonly seccompProfile?: object;
}

/** The east-west gateway of a network. */
export function eastWestGateway(settings: EastWestGatewaySettings, context: EastWestGatewayContext): Gateway {
  const { network, revision = defaultRevision } = context;
  const { annotations, ports: _, selectorLabels: __, ...spec } = settings.service;
  const labels = { ...eastWestGatewayLabels, [networkLabel]: network, ...settings.labels };
  return {
    name: eastWestGatewayName,
    namespace: settings.namespace.name,
    labels,
    revision,
    imagePullSecrets: pullSecrets(settings) ?? context.imagePullSecrets,
    scaling: scaling(settings),
    rollout: { maxSurge: '100%', maxUnavailable: '25%' },
    disruptionBudget: context.disruptionBudget ?? 'enabled',
    networkPolicy: context.networkPolicy ?? 'disabled',
    template: template(settings, context, labels),
    ports: eastWestPorts(settings),
    service: { annotations: ifSet(annotations), spec },
    k8s: furtherSettings(settings, network),
  };
}

/** The east-west gateway of a cluster. */
export function clusterGateway(cluster: Cluster, settings: EastWestGatewaySettings): Gateway {
  const { network, istio } = cluster;
  const { priorityClassName, tolerations, affinity, ...context } = gatewayValues(cluster);
  // Keys that are undefined would override others in a merge.
  const scheduling = defined({ priorityClassName, tolerations, affinity });
  return eastWestGateway({ ...settings, ...scheduling }, { ...context, network, revision: istio.revision });
}

function scaling({ autoscaling, replicas }: EastWestGatewaySettings): GatewayScaling {
  if (autoscaling === 'disabled') return { autoscaling, replicas };
  const { minReplicas, maxReplicas, targetCPUUtilizationPercentage: cpu } = autoscaling;
  return { autoscaling: { minReplicas, maxReplicas, utilization: { cpu } } };
}

function template(
  { resources, podAnnotations, ...settings }: EastWestGatewaySettings,
  context: EastWestGatewayContext,
  labels: Gateway['labels'],
): Gateway['template'] {
  const { affinity, nodeSelector, priorityClassName, tolerations } = settings;
  return injectedPod(
    {
      name: eastWestGatewayName,
      labels,
      revision: context.revision ?? defaultRevision,
      annotations: podAnnotations,
      ports: eastWestPorts(settings),
      environment: [],
      componentEnvironment: [environmentVariable('ISTIO_META_REQUESTED_NETWORK_VIEW', context.network)],
      resources,
      // Older versions of Istio mounted these Secrets into every gateway. Users may still have them.
      volumes: ['ingressgateway-certs', 'ingressgateway-ca-certs'].map((name) =>
        secretVolume(name, `istio-${name}`, `/etc/istio/${name}`),
      ),
      scheduling: {
        affinity,
        nodeSelector,
        priorityClassName: ifSet(priorityClassName),
        tolerations,
      },
      user: 'proxy',
      platform: context.platform,
      seccompProfile: context.seccompProfile,
      imagePullPolicy: context.imagePullPolicy,
      prometheusMerge: context.prometheusMerge ?? 'enabled',
    },
    'gateway',
  );
}

/** The settings that Istio's charts copy from global values into every gateway. */
interface GatewayValues {
  readonly imagePullPolicy?: string;
  readonly imagePullSecrets?: readonly string[];
  readonly prometheusMerge?: 'disabled';
  readonly disruptionBudget?: 'disabled';
  readonly networkPolicy?: 'enabled';
  readonly platform?: string;
  readonly seccompProfile?: object;
  readonly priorityClassName?: string;
  readonly tolerations?: readonly TolerationDefinition[];
  readonly affinity?: Readonly<Record<string, unknown>>;
}

/** The settings of an east-west gateway in a cluster's values, with the gateway's own settings merged over them. */
function gatewayValues({ istio: { values }, eastWestGateway }: Cluster): GatewayValues {
  const global = mapOf(values.global);
  return defined({
    imagePullPolicy: stringOf(global.imagePullPolicy),
    imagePullSecrets: Array.isArray(global.imagePullSecrets)
      ? global.imagePullSecrets.map(String)
      : undefined,
    prometheusMerge: mapOf(values.meshConfig).enablePrometheusMerge === false ? 'disabled' : undefined,
    disruptionBudget: mapOf(global.defaultPodDisruptionBudget).enabled === false ? 'disabled' : undefined,
    networkPolicy: mapOf(global.networkPolicy).enabled === true ? 'enabled' : undefined,
    platform: stringOf(global.platform) ?? stringOf(values.platform),
    seccompProfile: ifSet(mapOf(mapOf(values.gateways).seccompProfile)),
    priorityClassName: ifSet(eastWestGateway?.priorityClassName) ?? stringOf(global.priorityClassName),
    tolerations: eastWestGateway?.tolerations ?? tolerationsOf(global.defaultTolerations),
    affinity: affinityOf(global, eastWestGateway?.affinity),
  });
}

/** Istio's charts write `arch` and `defaultNodeSelector` as a node affinity. */
function affinityOf(global: HelmValues, own: GatewayValues['affinity']): GatewayValues['affinity'] {
  const { arch, defaultNodeSelector } = global;
  const common = nodeAffinity(
    mapOf(arch) as Readonly<Record<string, number>>,
    mapOf(defaultNodeSelector) as Readonly<Record<string, string>>,
  );
  return { ...own, nodeAffinity: { ...common, ...mapOf((own as HelmValues | undefined)?.nodeAffinity) } };
}

function tolerationsOf(value: HelmValue | undefined): readonly TolerationDefinition[] | undefined {
  return Array.isArray(value) && value.length > 0 ? (value as readonly TolerationDefinition[]) : undefined;
}

function mapOf(value: HelmValue | undefined): HelmValues {
  return isMap(value) ? value : {};
}

function stringOf(value: HelmValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The names of the Secrets with which images are pulled for an east-west gateway. */
export function pullSecrets({
  imagePullSecrets,
}: Pick<EastWestGatewaySettings, 'imagePullSecrets'>): readonly string[] | undefined {
  return ifSet(imagePullSecrets?.map((secret) => (typeof secret === 'string' ? secret : secret.name)));
}

/**
 * The ports of an east-west gateway. The status port comes first, because some cloud load balancers send
 * their health checks to the first port of a Service.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export function eastWestPorts({
  istiodPorts,
  service: { ports },
}: Pick<EastWestGatewaySettings, 'istiodPorts' | 'service'>): GatewayPorts {
  if (ports !== undefined) return ports.map(ownPort);
  return istiodPorts === 'enabled' ? [...crossNetworkPorts, ...portsOfIstiod] : crossNetworkPorts;
}

/** Istio's chart has no value for appProtocol, and writes 0 for a port of the pods that is not given. */
function ownPort(definition: ServicePortDefinition) {
  const { appProtocol: _, ...port } = servicePort(definition);
  return defined({ ...port, targetPort: port.targetPort ?? port.port });
}

const crossNetworkPorts: GatewayPorts = [
  { name: 'status-port', port: 15021, targetPort: 15021 },
  { name: 'tls', port: crossNetworkPort, targetPort: crossNetworkPort },
];

const portsOfIstiod: GatewayPorts = [
  { name: 'tls-istiod', port: 15012, targetPort: 15012 },
  { name: 'tls-webhook', port: 15017, targetPort: 15017 },
];
