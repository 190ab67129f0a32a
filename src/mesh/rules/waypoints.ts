import type { DefinitionProblem } from '../../problems/problem';
import { dataPlaneOf, hasAmbient } from '../data-plane';
import { type WaypointDefinition, waypointWithDefaults } from '../waypoints';
import { volumesOfIstio } from './ambient-gateway';
import type { Rule } from './clusters';
import { podPartProblems, strategyProblems } from './gateway-pods';
import { amountProblems, scalingProblems } from './gateways';
import type { PlacedProblem } from './placed-problem';

/** Waypoints have different names, pods that Kubernetes accepts, and a cluster that needs them. */
export const soundWaypoints: Rule = (definition) => {
  const { waypoints = [], clusters } = definition;
  if (waypoints.length === 0) return [];
  const isUsed = clusters.some((cluster) => hasAmbient(dataPlaneOf(definition, cluster)));
  const names = waypoints.map(waypointWithDefaults).map(({ name, namespace }) => `${namespace}/${name}`);
  return [
    ...(isUsed ? [] : [withoutAmbient]),
    ...waypoints.flatMap((waypoint, index): DefinitionProblem[] => {
      const path = ['waypoints', index];
      const first = names.indexOf(names[index] ?? '');
      const repeated = {
        code: 'MESH-VALUE' as const,
        path,
        message: `waypoints[${index}] is the waypoint ${names[index]}, as waypoints[${first}] is.`,
        hint: 'Write another name, or remove one of the two.',
      };
      const found = waypointProblems(waypoint).map(({ at, ...problem }) => ({
        code: 'MESH-GATEWAY' as const,
        path: [...path, ...at],
        ...problem,
      }));
      return [...(first === index ? [] : [repeated]), ...found];
    }),
  ];
};

const withoutAmbient: DefinitionProblem = {
  code: 'MESH-GATEWAY',
  path: ['waypoints'],
  message: 'No cluster is in ambient mode, so no cluster has a waypoint.',
  hint: 'Write dataPlane: ambient or dataPlane: both, or remove waypoints.',
};

/** The conflicts between the settings of a waypoint. */
export function waypointProblems({ autoscaling, ...waypoint }: WaypointDefinition): PlacedProblem[] {
  return [
    ...(autoscaling === undefined ? [] : scalingProblems({ ...waypoint, autoscaling })),
    ...amountProblems({ resources: waypoint.resources }),
    ...strategyProblems(waypoint.strategy),
    ...podPartProblems(waypoint, volumesOfIstio),
  ];
}
