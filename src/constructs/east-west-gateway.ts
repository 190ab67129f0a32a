import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayPod } from '../control-plane/gateway-pod';
import { eastWestPorts } from '../control-plane/gateway-ports';
import { completeGateway } from '../mesh/complete';
import type { EastWestGatewayDefinition } from '../mesh/gateway-definition';
import {
  defaultRevision,
  eastWestGatewayLabels,
  eastWestGatewayName,
  istioSystem,
  networkLabel,
} from '../mesh/istio-names';
import type { EastWestGatewaySettings } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import { gatewayContradictions } from '../mesh/rules/consistent-gateway';

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
  private readonly settings: EastWestGatewaySettings;
  private readonly serviceAccountName = `${eastWestGatewayName}-service-account`;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EastWestGatewayProps,
  ) {
    super(scope, id);
    MeshError.throwIfAny(
      gatewayContradictions(props).map(({ at, found, remedy }) => ({
        code: 'MESH-GATEWAY',
        place: { path: [this.node.path, ...at].join('.') },
        found,
        remedy,
      })),
    );
    this.settings = completeGateway(props);
    this.labels = { ...eastWestGatewayLabels, [networkLabel]: props.network };
    this.addServiceAccount();
    this.addDeployment();
    this.addSecretAccess();
    this.addAutoscaling();
    this.addDisruptionBudget();
    this.addService();
  }

  private addServiceAccount(): void {
    new ApiObject(this, 'service-account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: this.metadata(this.serviceAccountName),
      imagePullSecrets: this.props.imagePullSecrets?.map((name) => ({ name })),
    });
  }

  private addDeployment(): void {
    const { autoscaling, replicas, resources } = this.settings;
    const { affinity, nodeSelector, priorityClassName, tolerations } = this.settings;
    const { network, revision, imagePullPolicy, platform, prometheusMerge = 'enabled' } = this.props;
    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: this.metadata(eastWestGatewayName),
      spec: {
        // Left out under autoscaling, where every apply would otherwise reset the number of pods.
        replicas: autoscaling === 'disabled' ? (replicas ?? 1) : undefined,
        selector: { matchLabels: this.labels },
        strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
        template: gatewayPod({
          name: eastWestGatewayName,
          serviceAccountName: this.serviceAccountName,
          labels: this.labels,
          annotations: this.settings.podAnnotations,
          revision: revision === defaultRevision ? undefined : revision,
          environment: { ISTIO_META_REQUESTED_NETWORK_VIEW: network },
          ports: eastWestPorts,
          resources,
          scheduling: { affinity, nodeSelector, priorityClassName, tolerations },
          imagePullPolicy,
          prometheusMerge,
          platform,
        }),
      },
    });
  }

  /** Lets the proxy read the Secrets that a Gateway's credentialName refers to. */
  private addSecretAccess(): void {
    const metadata = {
      name: `${eastWestGatewayName}-sds`,
      namespace: this.namespace,
      labels: this.revisionLabel,
    };
    new ApiObject(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
    });
    new ApiObject(this, 'role-binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: this.serviceAccountName }],
    });
  }

  private addAutoscaling(): void {
    const { autoscaling } = this.settings;
    if (autoscaling === 'disabled') return;
    const { minReplicas, maxReplicas, targetCPUUtilizationPercentage: averageUtilization } = autoscaling;
    new ApiObject(this, 'autoscaler', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: this.metadata(eastWestGatewayName),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: eastWestGatewayName },
        minReplicas,
        maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
          },
        ],
      },
    });
  }

  /** With a single pod a budget would only block the draining of its node. */
  private addDisruptionBudget(): void {
    const { autoscaling, replicas = 1 } = this.settings;
    const least = autoscaling === 'disabled' ? replicas : autoscaling.minReplicas;
    if (least < 2) return;
    new ApiObject(this, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: this.metadata(eastWestGatewayName),
      spec: { minAvailable: 1, selector: { matchLabels: this.labels } },
    });
  }

  private addService(): void {
    const { annotations, ...spec } = this.settings.service;
    new ApiObject(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...this.metadata(eastWestGatewayName),
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
      spec: {
        ...spec,
        selector: this.labels,
        ports: eastWestPorts,
      },
    });
  }

  private metadata(name: string): ApiObjectMetadata {
    return { name, namespace: this.namespace, labels: { ...this.labels, ...this.revisionLabel } };
  }

  private get namespace(): string {
    return this.props.namespace ?? istioSystem;
  }

  private get revisionLabel(): Record<string, string> {
    return { 'istio.io/rev': this.props.revision ?? defaultRevision };
  }
}
