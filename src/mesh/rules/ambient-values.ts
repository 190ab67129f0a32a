import { isDeepStrictEqual } from 'node:util';
import { type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import { hasAmbient } from '../data-plane';
import type { AnyMeshDefinition } from '../definition';
import type { HelmValue } from '../helm-values';
import type { Rule } from './clusters';
import { type ClusterControlPlane, controlPlanesOfClusters, pathOfSetting } from './control-planes';

/** What istiod reads as false. */
const falseTexts: readonly unknown[] = ['false', false, '0', 'f', 'F', 'FALSE', 'False'];

/** Values without which pods in ambient mode are alone in their network. */
const switches: readonly (readonly string[])[] = [
  ['pilot', 'env', 'PILOT_ENABLE_AMBIENT'],
  ['pilot', 'env', 'AMBIENT_ENABLE_MULTI_NETWORK'],
  ['cni', 'ambient', 'enabled'],
];

/**
 * Values that istiod of one cluster applies to the Services and calls of another. It reads its own alone: a difference
 * shows as calls that reach another cluster in one direction only.
 */
const common: readonly (readonly string[])[] = [
  ['meshConfig', 'serviceScopeConfigs'],
  ...[
    'AMBIENT_ENABLE_BAGGAGE',
    'AMBIENT_ENABLE_MULTI_NETWORK_INGRESS',
    'AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT',
  ].map((name) => ['pilot', 'env', name]),
];

/** The values of ambient mode are switched on, and the same in all clusters. */
export const ambientValues: Rule = (definition) => {
  const ambient = controlPlanesOfClusters(definition).filter(({ settings }) =>
    hasAmbient(settings.dataPlane),
  );
  const found = [
    ...switches.flatMap((path) => ambient.flatMap((plane) => switchedOff(definition, plane, path))),
    ...common.flatMap((path) => differing(definition, ambient, path)),
  ];
  return [...new Map(found.map((problem) => [formatPath(problem.path), problem])).values()];
};

function switchedOff(
  definition: AnyMeshDefinition,
  plane: ClusterControlPlane,
  value: readonly string[],
): DefinitionProblem[] {
  const path = pathOfSetting(definition, plane, 'values', ...value);
  const given = valueAt(plane.settings.values, value);
  if (path === undefined || !falseTexts.includes(given)) return [];
  return [
    {
      code: 'MESH-DATA-PLANE',
      path,
      message: `${formatPath(path)} is ${JSON.stringify(given)}, and ${plane.cluster.name} has dataPlane: ${plane.settings.dataPlane}, which needs it.`,
      hint: 'Remove it, or write dataPlane: sidecar.',
    },
  ];
}

function differing(
  definition: AnyMeshDefinition,
  planes: readonly ClusterControlPlane[],
  value: readonly string[],
): DefinitionProblem[] {
  const [first, ...others] = planes.map((plane) => ({
    plane,
    given: valueAt(plane.settings.values, value) as HelmValue | undefined,
  }));
  const other = others.find(({ given }) => !isDeepStrictEqual(given, first?.given));
  if (first === undefined || other === undefined) return [];
  const place = [other.plane, first.plane]
    .map((plane) => pathOfSetting(definition, plane, 'values', ...value))
    .find((path) => path?.[0] === 'clusters');
  const path = place ?? pathOfSetting(definition, other.plane, 'values', ...value) ?? ['clusters'];
  return [
    {
      code: 'MESH-DATA-PLANE',
      path,
      message: `${value.join('.')} of ${other.plane.cluster.name} differs from that of ${first.plane.cluster.name}. Each istiod applies its own to the Services of all clusters (istio/istio#58269).`,
      hint: 'Write it once, in istio.values of the mesh.',
    },
  ];
}
