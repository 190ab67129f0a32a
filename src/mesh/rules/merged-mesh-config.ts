import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import { type HelmValue, isMap } from '../helm-values';
import { schemaProblems } from '../schema-problems';
import { parseOptions } from '../schema-types';
import { istioValues } from '../values/schemas/istio-values';
import { typedValues } from '../values/typed-values';
import type { ControlPlaneRule } from './control-planes';

/**
 * Parts of a mesh configuration that are right by themselves can be wrong together: a cluster may add `failover`
 * to the `distribute` of the mesh. Problems that one of the parts has are reported there.
 */
export const mergedMeshConfig: ControlPlaneRule = ({ settings, paths }, definition) => {
  const sources = paths
    .map((path) => ({ path: [...path, 'values'], meshConfig: meshConfigAt(definition, path) }))
    .filter(({ meshConfig }) => meshConfig !== undefined);
  if (sources.length < 2 || sources.some(({ meshConfig }) => problemsOf(meshConfig).length > 0)) return [];
  return problemsOf(settings.values.meshConfig).map((problem) => {
    const source = sources.find(({ path }) => valueAt(definition, [...path, ...problem.path]) !== undefined);
    return { ...problem, path: [...(source?.path ?? sources[0]?.path ?? []), ...problem.path] };
  });
};

function meshConfigAt(definition: unknown, path: DefinitionPath): HelmValue | undefined {
  return valueAt(definition, [...path, 'values', 'meshConfig']) as HelmValue | undefined;
}

function problemsOf(meshConfig: HelmValue | undefined): DefinitionProblem[] {
  const values = typedValues(meshConfig === undefined ? {} : { meshConfig });
  const { error } = istioValues().safeParse(values, parseOptions);
  return error === undefined
    ? []
    : schemaProblems(error.issues, values, istioValues()).filter(({ code }) => code !== 'MESH-UNKNOWN-KEY');
}

/** The providers that istiod has by itself. */
const builtInProviders = ['prometheus', 'stackdriver', 'envoy'];

/** istiod ignores default providers that no extension provider defines. */
export const knownProviders: ControlPlaneRule = ({ settings, paths }, definition) => {
  const { meshConfig } = settings.values;
  if (!isMap(meshConfig)) return [];
  const { defaultProviders, extensionProviders } = meshConfig;
  if (!isMap(defaultProviders)) return [];
  const known = new Set([...builtInProviders, ...namesIn(extensionProviders)]);
  return Object.entries(defaultProviders).flatMap(([kind, names]) =>
    (Array.isArray(names) ? names : []).flatMap((name, index): DefinitionProblem[] => {
      if (typeof name !== 'string' || known.has(name)) return [];
      const value = ['values', 'meshConfig', 'defaultProviders', kind, index];
      const path = paths
        .map((holder) => [...holder, ...value])
        .find((each) => valueAt(definition, each) === name);
      if (path === undefined) return [];
      return [
        {
          code: 'MESH-VALUE',
          path,
          message: `${formatPath(path)} is ${JSON.stringify(name)}, which is no extension provider.`,
          hint: `Add it to meshConfig.extensionProviders, or write one of ${[...known].join(', ')}.`,
        },
      ];
    }),
  );
};

function namesIn(extensionProviders: HelmValue | undefined): HelmValue[] {
  const providers: readonly HelmValue[] = Array.isArray(extensionProviders) ? extensionProviders : [];
  return providers.flatMap((provider) => (isMap(provider) ? [provider.name ?? ''] : []));
}
