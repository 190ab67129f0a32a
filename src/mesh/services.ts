import { z } from 'zod';
import { namespaceName } from './exposure';
import { type ServicePortDefinition, servicePort } from './gateways/service-settings';
import { type Texts, type TextsDefinition, texts, textsOf } from './gateways/texts';
import { networkLabel } from './istio-names';
import { labelKey, labels } from './kubernetes/names';
import { integer, serviceName } from './schema-types';
import { positiveDuration } from './values/schemas/durations';

/** A Service that has the same name and namespace in several clusters. */
export interface MeshServiceDefinition {
  /**
   * The name of the Service.
   */
  readonly name: string;
  /**
   * The namespace of the Service.
   */
  readonly namespace: string;
  /**
   * Which clusters call the pods of the Service. `global` says that the Service has the label istio.io/global in every
   * cluster, without which pods in ambient mode call only those of their own cluster. Stubs have it.
   * @default - that of the Service
   */
  readonly scope?: 'global';
  /**
   * A Service without pods in clusters that call those of other clusters. Without a Service, its name does not resolve
   * there. The namespace must exist.
   * @default - none
   */
  readonly stub?: ServiceStubDefinition;
  /**
   * How calls leave pods that do not answer, and which clusters take them over. `enabled` has the defaults. In ambient mode,
   * the Service needs a waypoint.
   * @default - none
   */
  readonly failover?: FailoverDefinition | 'enabled';
}

/** A Service without pods. */
export interface ServiceStubDefinition {
  /**
   * The ports, which must be those of the Service in the other clusters.
   */
  readonly ports: readonly ServicePortDefinition[];
  /**
   * The names of the clusters that have the stub.
   */
  readonly clusters: readonly string[];
  /**
   * Labels of the stub, such as the istio.io/use-waypoint that the Service has in the other clusters.
   * @default - none besides istio.io/global in ambient mode
   */
  readonly labels?: TextsDefinition;
}

/**
 * Failover of a Service between clusters. Without it, Istio calls the pods of all clusters in turn, and goes on to call
 * those of a node or a network that is down.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/
 */
export interface FailoverDefinition {
  /**
   * The labels by which pods are preferred, the most important one first: those with the same values as the caller. An
   * empty list prefers none, so that the pods of all clusters share the calls.
   * @default - topology.istio.io/network and topology.istio.io/cluster: the caller's own cluster, then others of its
   * network, then the other networks
   */
  readonly failoverPriority?: readonly string[];
  /**
   * The time limit for a connection, as a duration such as 500ms.
   * @default - 1s
   */
  readonly connectTimeout?: string;
  /**
   * When a pod that fails gets no more calls, and for how long: `outlierDetection` of a DestinationRule, merged over the
   * defaults.
   * @default - after 5 errors in a row (consecutive5xxErrors, consecutiveGatewayErrors), checked every second, for 30
   * seconds, and for all pods of a cluster if necessary
   */
  readonly outlierDetection?: OutlierDetectionDefinition;
}

/** When a pod gets no more calls, with the names of a DestinationRule. */
export interface OutlierDetectionDefinition {
  /**
   * The number of errors in a row, HTTP 5xx or connections that fail; 0 ignores them.
   * @default - 5
   */
  readonly consecutive5xxErrors?: number;
  /**
   * The number of gateway errors in a row, HTTP 502, 503 and 504 or connections that fail; 0 ignores them.
   * @default - 5
   */
  readonly consecutiveGatewayErrors?: number;
  /**
   * The number of connections in a row that fail; needs splitExternalLocalOriginErrors.
   * @default - those of Envoy
   */
  readonly consecutiveLocalOriginFailures?: number;
  /**
   * Whether failed connections are counted apart from errors that the pod returns.
   * @default - counted together
   */
  readonly splitExternalLocalOriginErrors?: boolean;
  /**
   * The time between two checks, such as 5s.
   * @default - 1s
   */
  readonly interval?: string;
  /**
   * How long a pod gets no calls, multiplied by how often this has happened.
   * @default - 30s
   */
  readonly baseEjectionTime?: string;
  /**
   * The share of pods that can be without calls, in percent.
   * @default - 100
   */
  readonly maxEjectionPercent?: number;
  /**
   * The share of pods that must be healthy for this to take place, in percent.
   * @default - 0
   */
  readonly minHealthPercent?: number;
}

/** A label, or a label with the value that it must have. */
const failoverLabel = z.string().refine((text) => labelKey.safeParse(text.replace(/=.*$/s, '')).success, {
  error: `Write the key of a label, such as ${networkLabel}.`,
});

const errors = integer(0, 1_000_000);
const percentage = integer(0, 100);

const outlierDetection = z
  .strictObject({
    consecutive5xxErrors: errors.optional(),
    consecutiveGatewayErrors: errors.optional(),
    consecutiveLocalOriginFailures: errors.optional(),
    splitExternalLocalOriginErrors: z.boolean().optional(),
    interval: positiveDuration.optional(),
    baseEjectionTime: positiveDuration.optional(),
    maxEjectionPercent: percentage.optional(),
    minHealthPercent: percentage.optional(),
  })
  .refine(
    ({ consecutiveLocalOriginFailures, splitExternalLocalOriginErrors }) =>
      !consecutiveLocalOriginFailures || splitExternalLocalOriginErrors === true,
    {
      path: ['consecutiveLocalOriginFailures'],
      error: 'Add splitExternalLocalOriginErrors: true, without which it has no effect, or remove it.',
    },
  ) satisfies z.ZodType<OutlierDetectionDefinition>;

/** The schema of the settings of `failover`. */
export const failoverSchema = z.strictObject({
  failoverPriority: z.array(failoverLabel).optional(),
  connectTimeout: positiveDuration.optional(),
  outlierDetection: outlierDetection.optional(),
}) satisfies z.ZodType<FailoverDefinition>;

/** The schema of one of `services`. */
export const meshServiceSchema = z.strictObject({
  name: serviceName,
  namespace: namespaceName,
  scope: z.literal('global').optional(),
  stub: z
    .strictObject({
      ports: z.array(servicePort).min(1, 'Write at least one port.'),
      clusters: z.array(z.string()).min(1, 'Write at least one cluster.'),
      labels: texts(labels).optional(),
    })
    .optional(),
  failover: z.union([z.literal('enabled'), failoverSchema]).optional(),
}) satisfies z.ZodType<MeshServiceDefinition>;

/** A Service with the complete settings of its failover. */
export interface MeshService {
  readonly name: string;
  readonly namespace: string;
  /** Undefined if it depends on the Service alone. */
  readonly scope?: 'global';
  readonly stub?: ServiceStub;
  readonly failover?: Required<FailoverDefinition>;
}

/** A Service without pods. */
export interface ServiceStub extends Omit<ServiceStubDefinition, 'labels'> {
  readonly labels: Texts;
}

/** Fills in the defaults of a Service. */
export function serviceWithDefaults({ failover, stub, ...service }: MeshServiceDefinition): MeshService {
  return {
    ...service,
    ...(stub === undefined ? {} : { stub: { ...stub, labels: textsOf(stub.labels) } }),
    ...(failover === undefined
      ? {}
      : { failover: failoverWithDefaults(failover === 'enabled' ? {} : failover) }),
  };
}

/** Fills in the defaults of `failover`. */
export function failoverWithDefaults(failover: FailoverDefinition): Required<FailoverDefinition> {
  return {
    failoverPriority: failover.failoverPriority ?? [networkLabel, 'topology.istio.io/cluster'],
    connectTimeout: failover.connectTimeout ?? '1s',
    outlierDetection: {
      consecutive5xxErrors: 5,
      consecutiveGatewayErrors: 5,
      interval: '1s',
      baseEjectionTime: '30s',
      maxEjectionPercent: 100,
      ...failover.outlierDetection,
    },
  };
}
