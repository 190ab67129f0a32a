import type { DefinitionPath } from '../../problems/problem';
import {
  type ComponentSource,
  componentsSources,
  gatewaySources,
  singleComponents,
} from '../components/component-sources';
import type { GatewayComponentDefinition } from '../components/definition';
import { overlaySteps } from '../components/overlay-path';
import type { AnyMeshDefinition } from '../definition';
import { defaultRevision } from '../istio-names';
import { controlPlanesOfClusters } from './control-planes';

/** A setting that changes nothing, and why. */
interface IgnoredSetting {
  readonly path: DefinitionPath;
  readonly reason: string;
}

/** The settings that istioctl accepts and does not apply. */
export function ignoredSettings(definition: AnyMeshDefinition): IgnoredSetting[] {
  const sources = componentsSources(definition);
  if (sources.length === 0) return [];
  const single = sources.flatMap(singleComponents);
  const gateways = sources.flatMap(gatewaySources);
  return [
    ...[...single, ...gateways].flatMap((source) => [...ignoredFields(source), ...ignoredPaths(source)]),
    ...single.flatMap((source) => overlaysWithoutObject(source, namesOfComponent(source, definition))),
    ...gateways.flatMap((source) => overlaysWithoutObject(source, namesOfGateway(source))),
  ];
}

function ignoredFields({ path, component: { k8s } }: ComponentSource): IgnoredSetting[] {
  const reason = 'istioctl does not apply it; overlays and patches do';
  return (['volumes', 'volumeMounts'] as const)
    .filter((field) => k8s?.[field] !== undefined)
    .map((field) => ({ path: [...path, 'k8s', field], reason }));
}

function ignoredPaths({ path, component: { k8s } }: ComponentSource): IgnoredSetting[] {
  const reason =
    'istioctl finds no field at this path; write a dot within brackets with a backslash before it';
  return (k8s?.overlays ?? []).flatMap(({ patches }, overlay) =>
    (patches ?? []).flatMap((patch, index) =>
      overlaySteps(patch.path) === undefined
        ? [{ path: [...path, 'k8s', 'overlays', overlay, 'patches', index, 'path'], reason }]
        : [],
    ),
  );
}

/** The names of the objects that overlays usually change, by kind. Of other kinds, nothing is known here. */
type ObjectNames = Readonly<Record<string, readonly string[]>>;

/** istioctl looks for an object with exactly this kind and name, and ignores the overlay if there is none. */
function overlaysWithoutObject(
  { path, component: { k8s } }: ComponentSource,
  names: ObjectNames,
): IgnoredSetting[] {
  return (k8s?.overlays ?? []).flatMap(({ kind, name }, index) => {
    const known = Object.hasOwn(names, kind) ? names[kind] : undefined;
    if (known === undefined || known.includes(name)) return [];
    const has = known.length === 0 ? `no ${kind}` : `the ${kind} ${known.join(' or ')}, not ${name}`;
    return [{ path: [...path, 'k8s', 'overlays', index], reason: `the component has ${has}` }];
  });
}

function namesOfComponent({ path }: ComponentSource, definition: AnyMeshDefinition): ObjectNames {
  const component = path.at(-1);
  if (component === 'cni') return { DaemonSet: ['istio-cni-node'], Deployment: [], Service: [] };
  if (component !== 'pilot') return {};
  const revisions = controlPlanesOfClusters(definition).map(({ settings }) => settings.revision);
  const names = [...new Set(revisions)].map((revision) =>
    revision === defaultRevision ? 'istiod' : `istiod-${revision}`,
  );
  return {
    Deployment: names,
    HorizontalPodAutoscaler: names,
    PodDisruptionBudget: names,
    DaemonSet: [],
    StatefulSet: [],
  };
}

function namesOfGateway({ component: { name } }: ComponentSource<GatewayComponentDefinition>): ObjectNames {
  return {
    Deployment: [name],
    HorizontalPodAutoscaler: [name],
    PodDisruptionBudget: [name],
    Service: [name],
    DaemonSet: [],
    StatefulSet: [],
  };
}
