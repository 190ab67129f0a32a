import { go, type Operand } from './expression';
import { gatewayMetadata, gatewayPodMetadata, ownerReferences } from './gateway-metadata';
import type { InjectionInput } from './injector-config';
import { each, shared, type TemplateList, type TemplateMap, when, yaml } from './template';

/** What differs between the kinds of gateways that istiod deploys. */
export interface ManagedGateway {
  /** The controller that looks after the Deployment, as a label has it. */
  readonly managedBy: Operand;
  /** Labels of the pods that the Gateway may change. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the Service that the Gateway may change. */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** The pods; their service account is known. */
  readonly podSpec: TemplateMap;
}

/**
 * The objects that istiod makes of a Gateway resource. It leaves out the last two unless a ConfigMap in
 * the Gateway's `parametersRef` configures them.
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

/** What the Gateway gives to all objects that are named as its Deployment. */
const metadata = shared('metadata', gatewayMetadata(name));

/** The label of all pods of one Gateway. */
const selector = yaml(go`toJsonMap (strdict .GatewayNameLabel .Name)`);

const serviceAccount: TemplateMap = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    ...gatewayMetadata(account),
    // An account with an owner meets a bug of Kubernetes before 1.28: kubernetes/kubernetes#117412.
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
            // A pointer in Go, which only JSON follows.
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
