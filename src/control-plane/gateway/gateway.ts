import type { Autoscaling } from '../../kubernetes/horizontal-pod-autoscaler';
import type { KubernetesSettings } from '../../mesh/components/definition';

type Texts = Readonly<Record<string, string>>;

/** A gateway: a Deployment of proxies behind a Service. */
export interface Gateway {
  /** The name of the Deployment, of the Service, and of the workload in telemetry. */
  readonly name: string;
  readonly namespace: string;
  /** The labels that select the pods. */
  readonly labels: Texts;
  /** The revision of the proxies' control plane. */
  readonly revision: string;
  readonly imagePullSecrets?: readonly string[];
  readonly accountAnnotations?: Texts;
  /** Labels of the Deployment only. */
  readonly deploymentLabels?: Texts;
  readonly scaling: GatewayScaling;
  readonly rollout: Rollout;
  readonly disruptionBudget: 'enabled' | 'disabled';
  readonly networkPolicy: 'enabled' | 'disabled';
  /** @default - ingressgateway */
  readonly role?: 'ingressgateway' | 'egressgateway';
  readonly template: PodTemplate;
  readonly ports: GatewayPorts;
  /** The Service without its ports and selector; undefined if the user creates the Service. */
  readonly service?: GatewayService;
  /** Settings of the objects that are merged over all others, as those of a component. */
  readonly k8s?: KubernetesSettings | null;
}

/** Autoscaling, or a fixed number of pods. */
export type GatewayScaling =
  | { readonly autoscaling: Autoscaling }
  | { readonly autoscaling: 'disabled'; readonly replicas?: number };

/** The limits of a rolling update. */
interface Rollout {
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
}

/** The pod template of a gateway. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Texts; readonly annotations: Texts };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The ports of a Service, each with the port of the pods if it differs. */
export type GatewayPorts = readonly {
  readonly name?: string;
  readonly port?: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
  readonly protocol?: string;
}[];

interface GatewayService {
  readonly annotations?: Texts;
  /** Ports that are not ports of the proxy container. */
  readonly furtherPorts?: GatewayPorts;
  readonly spec: Readonly<Record<string, unknown>>;
}
