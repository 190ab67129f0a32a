import type { KubernetesObject, ObjectMetadata } from './object';

/** How many pods a Deployment gets, by the load of those that it has. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The load that is aimed at, in percent of what the pods request. */
  readonly utilization: { readonly cpu?: number; readonly memory?: number };
  readonly behavior?: Readonly<Record<string, unknown>>;
}

/** Scales the Deployment that has its name. */
export function horizontalPodAutoscaler(
  metadata: ObjectMetadata,
  { minReplicas, maxReplicas, utilization, behavior }: Autoscaling,
): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
      minReplicas,
      maxReplicas,
      metrics: Object.entries(utilization)
        .filter(([, averageUtilization]) => averageUtilization !== undefined)
        .map(([name, averageUtilization]) => ({
          type: 'Resource',
          resource: { name, target: { type: 'Utilization', averageUtilization } },
        })),
      behavior,
    },
  };
}
