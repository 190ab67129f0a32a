import { go, type Operand } from './expression';
import { gatewayMetadata, gatewayPodMetadata, ownerReferences } from './gateway-metadata';
import type { InjectionInput } from './injection-input';
import { each, shared, type TemplateList, type TemplateMap, when, yaml } from './template';

/** The settings that depend on the class of the Gateway. */
export interface ManagedGateway {
  /** The label value that names the controller of the Deployment. */
  readonly managedBy: Operand;
  /** Labels of the pods. The Gateway can override them. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the Service. The Gateway can override them. */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** The pod spec without the service account. */
  readonly podSpec: TemplateMap;
}

/**
 * The objects that istiod creates for a Gateway resource. It omits the last two unless a ConfigMap in the
 * Gateway's `parametersRef` configures them.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function managedGateway(input: InjectionInput, gateway: ManagedGateway): TemplateList {
  return [
    serviceAccount,
    deployment(gateway),
    service(input, gateway),
    horizontalPodAutoscaler,
    podDisruptionBudget,
  ];
}

const name = go`.DeploymentName`;
const account = go`.ServiceAccount`;

/** The metadata of all objects that have the same name as the Deployment. */
const metadata = shared('metadata', gatewayMetadata(name));

/** Selects all pods of one Gateway. */
const selector = yaml(go`toJsonMap (strdict .GatewayNameLabel .Name)`);

const serviceAccount: TemplateMap = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    ...gatewayMetadata(account),
    // A service account with an owner triggers a bug in Kubernetes before 1.28: kubernetes/kubernetes#117412.
    ownerReferences: when(go`ge .KubeVersion 128`, ownerReferences),
  },
};

function deployment({ managedBy, podLabels, podSpec }: ManagedGateway): TemplateMap {
  const managed = { 'gateway.istio.io/managed': managedBy };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: gatewayMetadata(name, { labels: managed }),
    spec: {
      selector: { matchLabels: selector },
      template: {
        metadata: gatewayPodMetadata({ 'sidecar.istio.io/inject': 'false', ...podLabels }, managed),
        spec: { serviceAccountName: account, ...podSpec },
      },
    },
  };
}

function service({ release }: InjectionInput, { serviceAnnotations }: ManagedGateway): TemplateMap {
  const address = go`(index .Spec.Addresses 0).Value`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceAnnotations
      ? gatewayMetadata(name, { defaultAnnotations: serviceAnnotations })
      : metadata,
    spec: {
      type: go`.ServiceType`,
      ipFamilyPolicy: 'PreferDualStack',
      loadBalancerIP: when(go`and .Spec.Addresses (eq .ServiceType "LoadBalancer")`, address),
      ports: [
        each(go`.Ports`, (_, port) => [
          {
            name: go`${port}.Name`,
            port: yaml(go`${port}.Port`),
            protocol: release.quicPorts ? go`${port}.Protocol` : 'TCP',
            // The field is a pointer in Go, and only the JSON encoder dereferences it.
            appProtocol: yaml(go`structToJSON ${port}.AppProtocol`),
          },
        ]),
      ],
      selector,
    },
  };
}

const horizontalPodAutoscaler: TemplateMap = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata,
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 1 },
};

const podDisruptionBudget: TemplateMap = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata,
  spec: { selector: { matchLabels: selector } },
};
