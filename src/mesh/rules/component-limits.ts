import { type DefinitionPath, type DefinitionProblem, valueAt } from '../../problems/problem';
import type { ComponentDefinition } from '../components/definition';
import { gatewayKinds } from '../components/gateway-components';
import { type HelmValues, isMap, mergeValues } from '../helm-values';
import { resourcesProblems } from '../kubernetes/container-resources';
import { chartDefaults, egressGatewayDefaults, ingressGatewayDefaults } from '../values/chart-defaults';
import { cniDefaults } from '../values/cni-defaults';
import { ztunnelDefaults } from '../values/ztunnel-defaults';
import type { ControlPlaneRule } from './control-planes';
import { mapAt } from './effective-values';

/** A component below `components`, and the values of its chart with their defaults. */
interface EffectiveComponent {
  readonly path: DefinitionPath;
  readonly component: ComponentDefinition;
  readonly values: HelmValues;
}

/** The settings of a component do not contradict the values of its chart: they are merged over them. */
export const componentLimits: ControlPlaneRule = ({ settings, paths }, definition) => {
  const { components, values } = settings;
  if (components === undefined) return [];
  return effectiveComponents(components, values).flatMap((component) =>
    [...replicasProblems(component), ...amountProblems(component)].flatMap(({ path, ...problem }) => {
      const found = paths
        .map((holder) => [...holder, 'components', ...path])
        .find((each) => valueAt(definition, each) !== undefined);
      return found === undefined ? [] : [{ ...problem, path: found }];
    }),
  );
};

const defaultsOf = { pilot: chartDefaults.pilot, cni: cniDefaults, ztunnel: ztunnelDefaults };

function effectiveComponents(
  components: NonNullable<Parameters<ControlPlaneRule>[0]['settings']['components']>,
  values: HelmValues,
): EffectiveComponent[] {
  return [
    ...(Object.keys(defaultsOf) as (keyof typeof defaultsOf)[]).flatMap((name) => {
      const component = components[name];
      if (component === undefined) return [];
      return [{ path: [name], component, values: mergeValues(defaultsOf[name], mapAt(values, [name])) }];
    }),
    ...(['ingress', 'egress'] as const).flatMap((kind) => {
      const { components: key, values: name } = gatewayKinds[kind];
      const defaults = kind === 'ingress' ? ingressGatewayDefaults : egressGatewayDefaults;
      const ofKind = mergeValues(defaults, mapAt(values, ['gateways', name]));
      return (components[key] ?? []).map((component, index) => ({
        path: [key, index],
        component,
        values: ofKind,
      }));
    }),
  ];
}

function replicasProblems({ path, component, values }: EffectiveComponent): DefinitionProblem[] {
  const { minReplicas = values.autoscaleMin, maxReplicas = values.autoscaleMax } =
    component.k8s?.hpaSpec ?? {};
  if (!component.k8s?.hpaSpec || values.autoscaleEnabled === false) return [];
  if (Number(minReplicas) <= Number(maxReplicas)) return [];
  return [
    {
      code: 'MESH-VALUE',
      path: [...path, 'k8s', 'hpaSpec'],
      message: `minReplicas ${minReplicas} is greater than maxReplicas ${maxReplicas}.`,
      hint: 'Write a maxReplicas that is at least minReplicas.',
    },
  ];
}

function amountProblems({ path, component, values }: EffectiveComponent): DefinitionProblem[] {
  const given = component.k8s?.resources;
  if (!isMap(given)) return [];
  const merged = mergeValues(mapAt(values, ['resources']), given);
  return resourcesProblems({ requests: mapAt(merged, ['requests']), limits: mapAt(merged, ['limits']) }).map(
    ({ message, hint }) => ({ code: 'MESH-VALUE', path: [...path, 'k8s', 'resources'], message, hint }),
  );
}
