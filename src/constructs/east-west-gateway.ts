import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { eastWestPorts } from '../control-plane/gateway/east-west';
import type { Gateway, GatewayScaling } from '../control-plane/gateway/gateway';
import { gatewayObjects } from '../control-plane/gateway/gateway-objects';
import { injectedPod } from '../control-plane/gateway/pod';
import { secretVolume, variable } from '../kubernetes/container';
import { given } from '../kubernetes/object';
import { gatewayWithDefaults } from '../mesh/defaults';
import type { EastWestGatewayDefinition } from '../mesh/gateway';
import {
  defaultRevision,
  eastWestGatewayLabels,
  eastWestGatewayName,
  istioSystem,
  networkLabel,
} from '../mesh/istio-names';
import type { EastWestGatewaySettings } from '../mesh/mesh';
import { gatewayProblems } from '../mesh/rules/gateways';
import { MeshError } from '../problems/problem';

/** How an east-west gateway is deployed; {@link EastWestGatewayDefinition} has what people tune. */
export interface EastWestGatewayProps extends EastWestGatewayDefinition {
  /** The network that the gateway leads into. */
  readonly network: string;
  /**
   * The namespace of the gateway, which must be that of its control plane.
   * @default - istio-system
   */
  readonly namespace?: string;
  /**
   * The revision of the control plane that injects the gateway's proxy.
   * @default - default
   */
  readonly revision?: string;
  /**
   * When the kubelet pulls the proxy's image, as in a Kubernetes container.
   * @default - Kubernetes decides by the image's tag
   */
  readonly imagePullPolicy?: string;
  /**
   * Names of Secrets with which images are pulled.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * Whether Prometheus is told to scrape the pods, as Istio's `meshConfig.enablePrometheusMerge` does.
   * @default - enabled
   */
  readonly prometheusMerge?: 'enabled' | 'disabled';
  /**
   * Whether a PodDisruptionBudget keeps one of several pods running while nodes are drained.
   * @default - enabled
   */
  readonly disruptionBudget?: 'enabled' | 'disabled';
  /**
   * Whether a NetworkPolicy closes all ports of the pods but those of the gateway.
   * @default - disabled
   */
  readonly networkPolicy?: 'enabled' | 'disabled';
  /**
   * The platform, where Istio treats it differently, such as `openshift`.
   * @default - plain Kubernetes
   */
  readonly platform?: string;
}

/**
 * The gateway through which other networks reach the pods of this one: Deployment, Service and what
 * they need, named and labelled as Istio's own tools do it, so that istiods of other clusters find it.
 *
 * @throws MeshError where settings contradict each other, such as replicas beside autoscaling
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class EastWestGateway extends Construct {
  /** The labels that select the gateway's pods, for a Gateway's selector. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: EastWestGatewayProps) {
    super(scope, id);
    MeshError.throwIfAny(
      gatewayProblems(props).map(({ at, message, hint }) => ({
        code: 'MESH-GATEWAY',
        location: { path: [this.node.path, ...at].join('.') },
        message,
        hint,
      })),
    );
    const gateway = eastWestGateway(props);
    this.labels = gateway.labels;
    for (const [part, object] of Object.entries(gatewayObjects(gateway))) new ApiObject(this, part, object);
  }
}

function eastWestGateway(props: EastWestGatewayProps): Gateway {
  const { network, namespace = istioSystem, revision = defaultRevision } = props;
  const settings = gatewayWithDefaults(props);
  const { annotations, ...spec } = settings.service;
  const labels = { ...eastWestGatewayLabels, [networkLabel]: network };
  return {
    name: eastWestGatewayName,
    namespace,
    labels,
    revision,
    imagePullSecrets: props.imagePullSecrets,
    scaling: scaling(settings),
    rollout: { maxSurge: '100%', maxUnavailable: '25%' },
    disruptionBudget: props.disruptionBudget ?? 'enabled',
    networkPolicy: props.networkPolicy ?? 'disabled',
    template: template(props, settings, labels),
    ports: eastWestPorts,
    service: { annotations: given(annotations), spec },
  };
}

function scaling({ autoscaling, replicas = 1 }: EastWestGatewaySettings): GatewayScaling {
  if (autoscaling === 'disabled') return { autoscaling, replicas };
  const { minReplicas, maxReplicas, targetCPUUtilizationPercentage: cpu } = autoscaling;
  return { autoscaling: { minReplicas, maxReplicas, utilization: { cpu } } };
}

function template(
  props: EastWestGatewayProps,
  { resources, podAnnotations, ...settings }: EastWestGatewaySettings,
  labels: Gateway['labels'],
): Gateway['template'] {
  const { affinity, nodeSelector, priorityClassName, tolerations } = settings;
  return injectedPod(
    {
      name: eastWestGatewayName,
      labels,
      revision: props.revision ?? defaultRevision,
      annotations: podAnnotations,
      ports: eastWestPorts,
      environment: [variable('ISTIO_META_REQUESTED_NETWORK_VIEW', props.network)],
      resources,
      // Secrets that older Istio mounted into every gateway, for those who still have them.
      volumes: ['ingressgateway-certs', 'ingressgateway-ca-certs'].map((name) =>
        secretVolume(name, `istio-${name}`, `/etc/istio/${name}`),
      ),
      scheduling: { affinity, nodeSelector, priorityClassName, tolerations },
      user: 'proxy',
      platform: props.platform,
      imagePullPolicy: props.imagePullPolicy,
      prometheusMerge: props.prometheusMerge ?? 'enabled',
    },
    'gateway',
  );
}
