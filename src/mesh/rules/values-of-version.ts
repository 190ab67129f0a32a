import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import type { MeshDefinition } from '../definition';
import { type HelmValues, hasValue } from '../helm-values';
import { compatibleMinorVersions, isNative, istioMinor } from '../istio-version';
import type { Rule } from './clusters';
import { controlPlaneProblems, type DefinedControlPlane } from './control-planes';

/** Values that Istio has not always read, with the minor number of the first line that does. */
const newcomers: readonly (readonly [value: readonly string[], minor: number])[] = [
  [['global', 'enableReaderRBAC'], 30],
  [['global', 'readerServiceAccount'], 31],
  [['meshConfig', 'defaultConfig', 'connectionSettings'], 31],
  [['meshConfig', 'defaultTrafficPolicy'], 31],
  [['meshConfig', 'serviceEntryVisibility'], 31],
  [['meshConfig', 'zoneAwareLbSetting'], 31],
  [['pilot', 'taint', 'name'], 30],
  [['pilot', 'terminationMessagePolicy'], 31],
];

/** A value must be known to the version of Istio that it is given to, be it for one cluster among many. */
export const valuesOfVersion: Rule = (definition) =>
  isNative(definition)
    ? controlPlaneProblems(definition, (controlPlane) => [
        ...tooNew(definition, controlPlane),
        ...incompatible(definition, controlPlane),
      ])
    : [];

function tooNew(definition: MeshDefinition, { settings, paths }: DefinedControlPlane): DefinitionProblem[] {
  const minor = istioMinor(settings.version) ?? 0;
  return newcomers
    .filter(([, since]) => minor < since)
    .flatMap(([value, since]) =>
      placesOf(definition, paths, value).map((path) => ({
        code: 'MESH-UNSUPPORTED-VALUE',
        path,
        at: 'key',
        message: `${formatPath(path)} has no effect in Istio ${settings.version}.`,
        hint: `Remove it, or choose Istio 1.${since} or newer.`,
      })),
    );
}

function incompatible(
  definition: MeshDefinition,
  { settings, paths }: DefinedControlPlane,
): DefinitionProblem[] {
  const { compatibilityVersion } = settings.values;
  const lines = compatibleMinorVersions(settings.version);
  // What is empty is as if it were not there; what is no text has an error of its own.
  if (typeof compatibilityVersion !== 'string' || ['', ...lines].includes(compatibilityVersion)) return [];
  return placesOf(definition, paths, ['compatibilityVersion'])
    .slice(0, 1)
    .map((path) => ({
      code: 'MESH-VALUE',
      path,
      message: `${formatPath(path)} is ${JSON.stringify(compatibilityVersion)}, with which Istio ${settings.version} cannot be made compatible.`,
      hint: `Write one of ${lines.join(', ')} in quotes.`,
    }));
}

/** The places that give a value to a control plane, the nearest first. */
function placesOf(
  definition: MeshDefinition,
  places: readonly DefinitionPath[],
  value: readonly string[],
): DefinitionPath[] {
  return places
    .map((place) => [...place, 'values'])
    .filter((path) => hasValue((valueAt(definition, path) ?? {}) as HelmValues, value))
    .map((path) => [...path, ...value]);
}
