import { z } from 'zod';
import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../../problems/problem';
import { hasValue, type ValueSource, valueSources } from '../helm-values';
import { keysAt } from '../schema-keys';
import { schemaProblems } from '../schema-problems';
import { parseOptions } from '../schema-types';
import { formerDefaultsIn } from '../values/former-defaults';
import { type FormerValue, formerValues, operatorKeys } from '../values/former-values';
import { istioValues } from '../values/schemas/istio-values';
import { typedValues } from '../values/typed-values';
import { unreadValues } from '../values/unread-values';
import { type UnsupportedValue, unsupportedValues } from '../values/unsupported-values';
import { isHelm, isNative } from './control-planes';
import { gatewayNames } from './effective-values';
import { reservedValues } from './owned-values';

/**
 * The format native renders only the values that it knows, and would silently ignore others. The other formats pass
 * values on to Istio's charts, which may be of another version, so they permit other values. Those that they know
 * have the same conditions. Unlike the other rules, this one also validates definitions that are not well formed.
 */
export function validateValues(definition: unknown): DefinitionProblem[] {
  return valueSources(definition).flatMap((source) => {
    if (isNative(definition)) {
      const harmless = formerDefaultsIn(source.values).map((value) => [...source.path, ...value]);
      const former = formerProblems(source, [...operatorKeys, ...formerValues]).filter(
        ({ path }) => !harmless.some((each) => formatPath(each) === formatPath(path)),
      );
      const others = [...unsupportedProblems(source), ...schemaProblemsOf(source, definition)];
      return [...former, ...without(others, [...former.map(({ path }) => path), ...harmless])];
    }
    const passedOn = [...formerProblems(source, operatorKeys), ...passedOnProblems(source, definition)];
    if (!isHelm(definition)) return passedOn;
    const ofGateway = [...unsupportedProblems(source), ...schemaProblemsOf(source, definition)].filter(
      ({ path }) => isGatewayPath(path.slice(source.path.length)),
    );
    const known = new Set(ofGateway.map(({ path }) => formatPath(path)));
    return [...ofGateway, ...passedOn.filter(({ path }) => !known.has(formatPath(path)))];
  });
}

/** Values whose keys may be those of another version, at any depth. */
const openValues: readonly DefinitionPath[] = [['meshConfig'], ['global', 'meshNetworks']];

/** The problems of values that Istio's charts render: what the cluster, istiod or a proxy would refuse. */
function passedOnProblems({ path, values }: ValueSource, definition: unknown): DefinitionProblem[] {
  const issues = (istioValues().safeParse(typedValues(values), parseOptions).error?.issues ?? []).filter(
    (issue) =>
      issue.code !== 'unrecognized_keys' &&
      !isSameToHelm(issue, valueAt(values, issue.path as DefinitionPath)),
  );
  return problemsOfIssues(issues, path, definition).filter(
    (problem) =>
      problem.code !== 'MESH-UNKNOWN-KEY' ||
      !openValues.some((open) => isWithin(problem.path.slice(path.length), open)),
  );
}

/** null removes a default of Istio's charts. Numbers in quotes have the type of the value already. */
function isSameToHelm({ path }: z.core.$ZodIssue, value: unknown): boolean {
  return value === null && !isWithin(path as DefinitionPath, ['meshConfig']);
}

function isWithin(path: DefinitionPath, holder: DefinitionPath): boolean {
  return holder.every((key, index) => key === path[index]);
}

/** Whether a value is for a gateway: the format helm has no chart for it, so it is rendered here. */
function isGatewayPath([first, second]: DefinitionPath): boolean {
  return first === 'gateways' && gatewayNames.some((name) => name === second);
}

/** Whether a value says what is so anyway: the value itself, or an empty map or list of settings. */
function isRedundant({ redundant = [] }: UnsupportedValue, given: unknown): boolean {
  const isEmpty = typeof given === 'object' && given !== null && Object.keys(given).length === 0;
  return isEmpty || redundant.some((value) => value === given);
}

/** The problems of values that Istio does not have, with what its users write instead. */
function formerProblems({ path, values }: ValueSource, known: readonly FormerValue[]): DefinitionProblem[] {
  return known
    .filter((value) => hasValue(values, value.path))
    .map((value) => ({
      code: 'MESH-UNKNOWN-KEY',
      path: [...path, ...value.path],
      at: 'key',
      message: `${formatPath([...path, ...value.path])} ${value.reason}.`,
      hint: value.hint,
    }));
}

/** Problems without those of values of older versions, which have a problem of their own or none, or of what holds one. */
function without(
  problems: readonly DefinitionProblem[],
  former: readonly DefinitionPath[],
): DefinitionProblem[] {
  return problems.filter(
    ({ path, code }) =>
      !former.some(
        (other) => isWithin(path, other) || (code === 'MESH-UNKNOWN-KEY' && isWithin(other, path)),
      ),
  );
}

function unsupportedProblems({ path, values }: ValueSource): DefinitionProblem[] {
  return unsupportedValues
    .filter((value) => hasValue(values, value.path) && !isRedundant(value, valueAt(values, value.path)))
    .map((value) => ({
      code: 'MESH-UNSUPPORTED-VALUE',
      path: [...path, ...value.path],
      at: 'key',
      message: `${formatPath([...path, ...value.path])} ${value.reason}.`,
      hint: value.hint,
    }));
}

function schemaProblemsOf({ path, values }: ValueSource, definition: unknown): DefinitionProblem[] {
  const { error } = istioValues().safeParse(typedValues(values), parseOptions);
  return problemsOfIssues(error?.issues ?? [], path, definition);
}

function problemsOfIssues(
  found: readonly z.core.$ZodIssue[],
  path: DefinitionPath,
  definition: unknown,
): DefinitionProblem[] {
  const issues = found.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  return schemaProblems(issues, definition, schemaAt(path))
    .filter((problem) => !isReserved(problem.path.slice(path.length), definition))
    .map((problem) => withPilotHint(problem, path));
}

/** A schema that has the schema of Istio's values at a path. */
function schemaAt(path: DefinitionPath): z.ZodType {
  return path.reduceRight<z.ZodType>(
    (schema, key) => (typeof key === 'number' ? z.array(schema) : z.object({ [key]: schema })),
    istioValues(),
  );
}

/**
 * Whether another rule decides about a value, independent of its type. The other formats pass on what the format
 * native does not support.
 */
function isReserved(path: DefinitionPath, definition: unknown): boolean {
  const isUnsupported = (value: DefinitionPath) =>
    isWithin(path, value) && (isNative(definition) || path.length === value.length);
  return (
    [...reservedValues, ...unreadValues].some((value) => isWithin(path, value)) ||
    unsupportedValues.some((value) => isUnsupported(value.path))
  );
}

/** Users choose the names of further gateways, so that no name is the misspelling of another. */
const otherGatewayHint =
  'Write istio-ingressgateway, or move the gateway to gateways of the mesh or of a cluster.';

/** Istio's chart has the values of istiod at the top level. istioctl and this package have them below `pilot`. */
function withPilotHint(problem: DefinitionProblem, path: DefinitionPath): DefinitionProblem {
  const [key, ...rest] = problem.path.slice(path.length);
  if (problem.code === 'MESH-UNKNOWN-KEY' && key === 'gateways' && rest.length === 1) {
    return { ...problem, hint: otherGatewayHint };
  }
  const isUnknownTopLevelKey = problem.code === 'MESH-UNKNOWN-KEY' && rest.length === 0;
  if (!isUnknownTopLevelKey || !keysAt(istioValues(), ['pilot']).includes(String(key))) return problem;
  return { ...problem, hint: `Move it below pilot, as pilot.${key}.` };
}
