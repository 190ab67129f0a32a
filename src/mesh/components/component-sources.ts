import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { isMap } from '../helm-values';
import type { ComponentDefinition, ComponentsDefinition, GatewayComponentDefinition } from './definition';
import { gatewayKinds } from './gateway-components';

/** The components at a path of a definition. */
export interface ComponentsSource {
  readonly path: DefinitionPath;
  readonly components: ComponentsDefinition;
}

/** All components in a valid definition, as the user wrote them. */
export function componentsSources(definition: AnyMeshDefinition): ComponentsSource[] {
  const holders: DefinitionPath[] = [
    ['istio'],
    ...definition.clusters.map((_, index) => ['clusters', index, 'istio']),
  ];
  return holders
    .flatMap((holder): DefinitionPath[] => [
      [...holder, 'components'],
      [...holder, 'canary', 'components'],
    ])
    .flatMap((path) => {
      const components: unknown = valueAt(definition, path);
      return isMap(components) ? [{ path, components: components as ComponentsDefinition }] : [];
    });
}

/** A component at a path of a definition. */
export interface ComponentSource<Component = ComponentDefinition> {
  readonly path: DefinitionPath;
  readonly component: Component;
}

/** The components that are no gateways. */
export function singleComponents({ path, components }: ComponentsSource): ComponentSource[] {
  return singleNames.flatMap((name) => {
    const component = components[name];
    return component === undefined ? [] : [{ path: [...path, name], component }];
  });
}

const singleNames = ['pilot', 'base', 'cni', 'ztunnel', 'istiodRemote'] as const;

/** The gateways of a definition's components, enabled or not. */
export function gatewaySources({
  path,
  components,
}: ComponentsSource): ComponentSource<GatewayComponentDefinition>[] {
  return Object.values(gatewayKinds).flatMap(({ components: key }) =>
    (components[key] ?? []).map((component, index) => ({ path: [...path, key, index], component })),
  );
}
