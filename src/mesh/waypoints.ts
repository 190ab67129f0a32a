import { z } from 'zod';
import type { EastWestServiceAccountDefinition } from './gateway';
import { type AutoscalingDefinition, autoscalingShape } from './gateways/autoscaling';
import {
  type GatewayPodDefinition,
  type PodDisruptionBudgetDefinition,
  podShape,
} from './gateways/pod-settings';
import { type Texts, type TextsDefinition, texts, textsOf } from './gateways/texts';
import { type ServiceScope, serviceScopes } from './hello-world';
import type { HelmValues } from './helm-values';
import { annotations } from './kubernetes/names';
import { dnsLabel, integer, serviceName } from './schema-types';
import { optional } from './values/schemas/common';

/** What a waypoint handles: calls to Services, calls to the addresses of pods, both, or nothing. */
export const waypointTraffic = ['service', 'workload', 'all', 'none'] as const;
export type WaypointTraffic = (typeof waypointTraffic)[number];

/**
 * A waypoint: a proxy for HTTP between pods in ambient mode. A Service or a namespace uses it that has the label
 * istio.io/use-waypoint with its name, in every cluster. istiod deploys it for a Gateway of the class istio-waypoint.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export interface WaypointDefinition extends GatewayPodDefinition {
  /**
   * The name of the Gateway, and of the Deployment and the Service that istiod creates for it.
   * @default - waypoint
   */
  readonly name?: string;
  /**
   * The namespace of the waypoint, which must exist.
   */
  readonly namespace: string;
  /**
   * What the waypoint handles: calls to a `service`, calls to the address of a `workload`, `all`, or `none`.
   * @default - service
   */
  readonly for?: WaypointTraffic;
  /**
   * Whether pods of other clusters call Services through the waypoint. `global` is necessary for Services with the label
   * istio.io/global, and makes all Services that use the waypoint global (istio/istio#57710). Write `local` for a waypoint
   * of other Services.
   * @default - global
   */
  readonly scope?: ServiceScope;
  /**
   * The namespaces whose Services can use the waypoint, with the label istio.io/use-waypoint-namespace: only its own, or all.
   * @default - Same
   */
  readonly allowedNamespaces?: 'Same' | 'All';
  /**
   * Labels of all objects of the waypoint.
   * @default - none besides those that Istio sets
   */
  readonly labels?: TextsDefinition;
  /**
   * The number of pods, without autoscaling.
   * @default - 1
   */
  readonly replicas?: number;
  /**
   * The limits of autoscaling, or `disabled` for a fixed number of replicas.
   * @default - disabled
   */
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  /**
   * The security context of the pods, merged over the default.
   * @default - as few rights as the proxy needs
   */
  readonly securityContext?: HelmValues;
  /**
   * The security context of the proxy's container, merged over the default.
   * @default - as few rights as the proxy needs
   */
  readonly containerSecurityContext?: HelmValues;
  /**
   * The PodDisruptionBudget: minAvailable or maxUnavailable, and unhealthyPodEvictionPolicy. It is written if there are
   * at least two pods.
   * @default - at least one pod stays
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetDefinition;
  /**
   * The service account of the pods.
   * @default - without annotations
   */
  readonly serviceAccount?: EastWestServiceAccountDefinition;
}

/** A waypoint with its defaults. What istiod has a default for stays undefined. */
export interface WaypointSettings extends Omit<WaypointDefinition, 'annotations' | 'labels'> {
  readonly name: string;
  readonly scope: ServiceScope;
  readonly allowedNamespaces: 'Same' | 'All';
  readonly labels: Texts;
  readonly annotations: Texts;
}

const name = serviceName.refine((text) => text !== 'none', {
  error: 'Write another name: the label istio.io/use-waypoint: none stands for no waypoint.',
});

/** The schema of one of `waypoints`. */
export const waypointSchema = z.strictObject({
  ...optional(podShape),
  name: name.optional(),
  namespace: dnsLabel,
  for: z.enum(waypointTraffic).optional(),
  scope: z.enum(serviceScopes).optional(),
  allowedNamespaces: z.enum(['Same', 'All']).optional(),
  replicas: integer(0, 1000).optional(),
  autoscaling: z.union([z.literal('disabled'), z.strictObject(optional(autoscalingShape))]).optional(),
  serviceAccount: z.strictObject({ annotations: texts(annotations).optional() }).optional(),
}) satisfies z.ZodType<WaypointDefinition>;

/** Fills in the defaults of a waypoint. */
export function waypointWithDefaults(definition: WaypointDefinition): WaypointSettings {
  return {
    name: 'waypoint',
    scope: 'global',
    allowedNamespaces: 'Same',
    ...definition,
    labels: textsOf(definition.labels),
    annotations: textsOf(definition.annotations),
  };
}

/** The labels with which a namespace, a Service or a pod uses a waypoint. */
export function useWaypointLabels({ name, namespace }: Pick<WaypointSettings, 'name' | 'namespace'>) {
  return { 'istio.io/use-waypoint': name, 'istio.io/use-waypoint-namespace': namespace } as const;
}
