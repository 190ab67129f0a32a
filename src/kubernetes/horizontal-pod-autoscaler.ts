import { ifSet, type KubernetesObject, type ObjectMetadata } from './object';

/** The number of pods of a Deployment, depending on their load. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The target utilization, in percent of the resource requests of the pods. */
  readonly utilization: { readonly cpu?: number; readonly memory?: number };
  readonly behavior?: Readonly<Record<string, unknown>>;
}

/** Scales the Deployment of the same name. */
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
      metrics: ifSet(
        Object.entries(utilization)
          .filter(([, averageUtilization]) => averageUtilization !== undefined)
          .map(([name, averageUtilization]) => ({
            type: 'Resource',
            resource: { name, target: { type: 'Utilization', averageUtilization } },
          })),
      ),
      behavior,
    },
  };
}
