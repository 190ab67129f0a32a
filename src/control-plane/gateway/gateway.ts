import type { Autoscaling } from '../../kubernetes/horizontal-pod-autoscaler';

type Texts = Readonly<Record<string, string>>;

/** A gateway: pods that are proxies and nothing else, behind a Service. */
export interface Gateway {
  /** The name of the Deployment, of the Service, and of the workload in telemetry. */
  readonly name: string;
  readonly namespace: string;
  /** The labels that select the pods. */
  readonly labels: Texts;
  /** The revision of the control plane that the proxies belong to. */
  readonly revision: string;
  readonly imagePullSecrets?: readonly string[];
  readonly accountAnnotations?: Texts;
  /** The labels of the Deployment alone. */
  readonly deploymentLabels?: Texts;
  readonly scaling: GatewayScaling;
  readonly rollout: Rollout;
  readonly disruptionBudget: 'enabled' | 'disabled';
  readonly networkPolicy: 'enabled' | 'disabled';
  readonly template: PodTemplate;
  readonly ports: GatewayPorts;
  /** What the Service has besides ports and selector; undefined where others make it. */
  readonly service?: GatewayService;
}

/** Pods by their load, or a number of pods. */
export type GatewayScaling =
  | { readonly autoscaling: Autoscaling }
  | { readonly autoscaling: 'disabled'; readonly replicas?: number };

/** How many pods more and how many less there may be while they are replaced. */
interface Rollout {
  readonly maxSurge: number | string;
  readonly maxUnavailable: number | string;
}

/** The pods of a gateway. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Texts; readonly annotations: Texts };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The ports of a Service, each with the port of the pods behind it where that is another one. */
export type GatewayPorts = readonly {
  readonly name?: string;
  readonly port?: number;
  readonly targetPort?: number;
  readonly nodePort?: number;
  readonly protocol?: string;
}[];

interface GatewayService {
  readonly annotations?: Texts;
  /** Ports that lead to no port of the proxy's own. */
  readonly furtherPorts?: GatewayPorts;
  readonly spec: Readonly<Record<string, unknown>>;
}
