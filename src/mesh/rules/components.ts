import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import {
  type ComponentSource,
  componentsSources,
  gatewaySources,
  singleComponents,
} from '../components/component-sources';
import type { ComponentDefinition, GatewayComponentDefinition } from '../components/definition';
import { gatewayKinds } from '../components/gateway-components';
import { type OverlayStep, overlaySteps } from '../components/overlay-path';
import { dataPlaneOf, hasAmbient } from '../data-plane';
import type { AnyMeshDefinition } from '../definition';
import { eastWestNamespace } from '../gateways/east-west-source';
import { eastWestGatewayLabels, eastWestGatewayName, istioSystem } from '../istio-names';
import type { Rule } from './clusters';
import { controlPlaneFormatOf, isHelm } from './control-planes';

/** Istio's components as this mesh can have them. */
export const soundComponents: Rule = (definition) =>
  componentsSources(definition).flatMap((source) => {
    const single = singleComponents(source);
    const gateways = gatewaySources(source);
    return [
      ...single.flatMap((component) => fixedProblems(component, definition)),
      ...gateways.flatMap((gateway) => gatewayProblems(gateway, definition)),
      ...sameGateways(gateways),
      ...[...single, ...gateways].flatMap(overlayProblems),
      ...(isHelm(definition) ? single.flatMap(helmProblems) : []),
    ];
  });

/** What every cluster of a mesh has, and what none can have. */
function fixedProblems(
  { path, component }: ComponentSource,
  definition: AnyMeshDefinition,
): DefinitionProblem[] {
  const name = String(path.at(-1));
  const format = controlPlaneFormatOf(definition);
  const isRenderedHere = format === 'native' || format === 'helm';
  const { enabled, namespace } = component;
  const problems: DefinitionProblem[] = [];
  if ((name === 'pilot' || name === 'base') && enabled === false) {
    const message = `${formatPath(path)} is disabled, but every cluster of the mesh has its own istiod.`;
    problems.push(unsupported([...path, 'enabled'], message, removeIt));
  }
  if (name === 'ztunnel' && enabled !== false && isRenderedHere && !hasZtunnel(path, definition)) {
    const message = `${formatPath(path)} is enabled, but the data plane is sidecar.`;
    problems.push(conflict(path, message, 'Write dataPlane: ambient at the top level, or enabled: false.'));
  }
  if (name === 'istiodRemote' && enabled !== false && isRenderedHere) {
    const message = `${formatPath(path)} is enabled, which the format ${format} does not support.`;
    problems.push(unsupported(path, message, 'Write enabled: false, or istio.controlPlane: istioctl.'));
  }
  if (name !== 'cni' && name !== 'ztunnel' && namespace && namespace !== istioSystem) {
    const message = `${formatPath([...path, 'namespace'])} cannot be set: the control plane is always in ${istioSystem}.`;
    problems.push({
      code: 'MESH-OWNED-VALUE',
      path: [...path, 'namespace'],
      at: 'key',
      message,
      hint: removeIt,
    });
  }
  return problems;
}

/** Whether a cluster that has the component at a path is in ambient mode. */
function hasZtunnel(path: DefinitionPath, definition: AnyMeshDefinition): boolean {
  return clustersAt(path, definition).some((cluster) => hasAmbient(dataPlaneOf(definition, cluster)));
}

const removeIt = 'Remove it.';

function unsupported(path: DefinitionPath, message: string, hint: string): DefinitionProblem {
  return { code: 'MESH-UNSUPPORTED-VALUE', path, message, hint };
}

function conflict(path: DefinitionPath, message: string, hint: string): DefinitionProblem {
  return { code: 'MESH-VALUE', path, message, hint };
}

/** A gateway is beside istiod and the east-west gateway, unless it takes the place of the latter. */
function gatewayProblems(
  { path, component }: ComponentSource<GatewayComponentDefinition>,
  definition: AnyMeshDefinition,
): DefinitionProblem[] {
  const { name, namespace, label, k8s } = component;
  const place = namespace || istioSystem;
  const ofEastWest = clustersAt(path, definition).flatMap(
    (cluster) => eastWestNamespace(cluster, definition) ?? [],
  );
  const isEastWest = name === eastWestGatewayName && ofEastWest.includes(place);
  const isTaken = isEastWest || (/^istiod(-|$)/.test(name) && place === istioSystem);
  return [
    ...(isTaken
      ? [
          conflict(
            [...path, 'name'],
            `The name ${name} is that of another Service in ${place}.`,
            name === eastWestGatewayName
              ? 'Remove this gateway: eastWestGateway of the cluster is the same gateway. Or write eastWestGateway: disabled.'
              : 'Write another name, such as istio-ingressgateway.',
          ),
        ]
      : []),
    ...(label?.istio === eastWestGatewayLabels.istio && !isTaken && ofEastWest.length > 0
      ? [
          conflict(
            [...path, 'label', 'istio'],
            `The label istio: ${label.istio} selects the east-west gateway, whose traffic this gateway would get.`,
            'Write another value.',
          ),
        ]
      : []),
    ...portProblems(path, k8s?.service?.ports, definition),
  ];
}

/** The clusters that have what is at a path. */
function clustersAt([holder, index]: DefinitionPath, { clusters }: AnyMeshDefinition) {
  return holder === 'clusters' ? clusters.filter((_, position) => position === index) : clusters;
}

/** istioctl refuses ports of gateways below 1024, which need root, unless the pods have it. */
function portProblems(
  component: DefinitionPath,
  ports: unknown,
  definition: AnyMeshDefinition,
): DefinitionProblem[] {
  const path = [...component, 'k8s', 'service', 'ports'];
  const runAsRoot = rootValue(component);
  const valuesOf = [component.slice(0, -3), ['istio']];
  const isRoot = valuesOf.some((holder) => valueAt(definition, [...holder, 'values', ...runAsRoot]) === true);
  if (!Array.isArray(ports) || isRoot) return [];
  return ports.flatMap(({ port, targetPort }: { port: number; targetPort?: number | string }, index) => {
    if (typeof targetPort === 'string' || Number(targetPort || port) >= 1024) return [];
    return conflict(
      [...path, index, ...(targetPort ? ['targetPort'] : [])],
      `The pods would listen on the port ${targetPort || port}, for which they need root.`,
      `Write a targetPort from 1024 on, such as ${port === 80 ? 8080 : 8443}, or istio.values.${runAsRoot.join('.')}: true.`,
    );
  });
}

/** The value with which the pods of all gateways of a list run as root. */
function rootValue(component: DefinitionPath): string[] {
  const kind = Object.values(gatewayKinds).find(({ components }) => components === component.at(-2));
  return ['gateways', kind?.values ?? gatewayKinds.ingress.values, 'runAsRoot'];
}

function sameGateways(gateways: readonly ComponentSource<GatewayComponentDefinition>[]): DefinitionProblem[] {
  const enabled = gateways.filter(({ component }) => component.enabled ?? true);
  const keyOf = ({ component: { name, namespace } }: ComponentSource<GatewayComponentDefinition>) =>
    `${namespace || istioSystem}/${name}`;
  const keys = enabled.map(keyOf);
  return enabled
    .filter((gateway, index) => keys.indexOf(keyOf(gateway)) < index)
    .map(({ path, component: { name } }) =>
      conflict(
        [...path, 'name'],
        `Two gateways have the name ${name}.`,
        'Write another name, or remove one of the two.',
      ),
    );
}

function overlayProblems({ path, component: { k8s } }: ComponentSource): DefinitionProblem[] {
  return (k8s?.overlays ?? []).flatMap(({ patches }, overlay) =>
    (patches ?? []).flatMap((patch, index) => {
      const at = [...path, 'k8s', 'overlays', overlay, 'patches', index, 'path'];
      const steps = overlaySteps(patch.path) ?? [];
      return hasUnstablePosition(steps)
        ? conflict(
            at,
            `The path ${patch.path} has a position in a list without a fixed order.`,
            'Write [name:…] instead.',
          )
        : [];
    }),
  );
}

/** A variable that is given twice is twice in the list of istioctl, and once in that of this package. */
const unordered = ['env'];

/** No pod has so many items: the index stands for the end of the list. */
const beyondTheEnd = 50;

function hasUnstablePosition(steps: readonly OverlayStep[]): boolean {
  return steps.some((step, index) => {
    const before = steps[index - 1];
    const list = before !== undefined && 'key' in before ? before.key : '';
    return unordered.includes(list) && 'index' in step && step.index >= 0 && step.index < beyondTheEnd;
  });
}

/** With the format helm, the objects of istiod come from a chart, which has no components. */
function helmProblems({ path, component }: ComponentSource): DefinitionProblem[] {
  const used = (Object.keys(component) as (keyof ComponentDefinition)[]).filter(
    (key) => component[key] !== undefined && component[key] !== null && !isOfHelm(key, path),
  );
  const keys = used.flatMap((key): DefinitionPath[] => {
    if (key !== 'k8s') return [[...path, key]];
    return Object.keys(component.k8s ?? {}).map((field) => [...path, key, field]);
  });
  return keys.map((key) =>
    unsupported(
      key,
      `${formatPath(key)} has no place in the charts of the format helm.`,
      `Write the value of the chart under istio.values.${path.at(-1)}, or another istio.controlPlane.`,
    ),
  );
}

/** Whether a chart is installed, and in the case of ztunnel where, is no value of the chart. */
function isOfHelm(key: keyof ComponentDefinition, path: DefinitionPath): boolean {
  return key === 'enabled' || (key === 'namespace' && path.at(-1) === 'ztunnel');
}
