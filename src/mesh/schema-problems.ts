import type { z } from 'zod';
import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../problems/problem';
import { withoutSecrets } from '../problems/sensitive-text';
import { nearest } from '../problems/suggestion';
import { formHint, gatewayKeyHint, settingHint, switchHint, switchWord } from './schema-hints';
import { keysAt, wordsAt } from './schema-keys';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Translates the issues that a schema found in a definition into problems. */
export function schemaProblems(
  issues: readonly Issue[],
  input: unknown,
  schema: Schema,
): DefinitionProblem[] {
  const problems = issues.flatMap((issue) => issueProblems(issue, [], input, { schema, depth: 0 }));
  const suggested = new Set(problems.map(({ code, key }) => (code === 'MESH-UNKNOWN-KEY' ? key : undefined)));
  return problems
    .filter(({ code, key }) => code !== 'MESH-MISSING-KEY' || !suggested.has(key))
    .map(({ key: _, ...problem }) => problem);
}

/** A problem of a key: the path of the missing key, or of the key that is suggested for an unknown one. */
interface KeyProblem extends DefinitionProblem {
  readonly key?: string;
}

/** A schema, and the length of the path to the part of the definition that it is for. */
interface PlacedSchema {
  readonly schema: Schema;
  readonly depth: number;
}

function issueProblems(
  issue: Issue,
  prefix: DefinitionPath,
  input: unknown,
  place: PlacedSchema,
): KeyProblem[] {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const value = valueAt(input, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, path, value, place);
    case 'invalid_union':
      return unionProblems(issue, path, input, place);
    case 'invalid_value':
      return [
        notAllowed(
          path,
          value,
          issue.values.map(String).filter((allowed) => allowed !== ''),
          issue.message,
        ),
      ];
    case 'invalid_type':
      return [value === undefined && path.length > 0 ? missingKey(path) : wrongType(path, value, issue)];
    case 'invalid_key':
      return [wrongKey(path, issue)];
    case 'custom':
      return customProblems(issue, path, input);
    default:
      return [wrongValue(path, value, issue.message)];
  }
}

/** A key that the user chose, such as the name of a gateway, and what its schema says about it. */
function wrongKey(path: DefinitionPath, { issues, message }: z.core.$ZodIssueInvalidKey): KeyProblem {
  return {
    code: 'MESH-VALUE',
    path,
    at: 'key',
    message: `${JSON.stringify(path.at(-1))} is not a name for one of ${formatPath(path.slice(0, -1))}.`,
    hint: issues[0]?.message ?? message,
  };
}

/** The most unknown keys of one map that are reported by name. */
const mostKeys = 20;

function unknownKeys(
  keys: readonly string[],
  path: DefinitionPath,
  value: unknown,
  { schema, depth }: PlacedSchema,
): KeyProblem[] {
  const within = path.slice(depth);
  const known = keysAt(schema, within);
  const words = wordsAt(schema, within);
  const named = keys.slice(0, mostKeys).map((key) => {
    const hint = switchHint(path, key, valueAt(value, [key]), words) ?? gatewayKeyHint(path, key);
    const isMisspelled = nearest(key, known) !== undefined;
    return unknownKey(path, key, known, hint ?? (isMisspelled ? undefined : settingHint(path, key)));
  });
  if (keys.length <= mostKeys) return named;
  const holder = path.length === 0 ? 'The mesh' : formatPath(path);
  const message = `${holder} has ${keys.length - mostKeys} more keys that do not exist.`;
  return [...named, { code: 'MESH-UNKNOWN-KEY', path, message, hint: knownKeysHint(known) }];
}

/** The problem of a condition, or the problems of a map that has a schema of its own. */
function customProblems(
  { message, params = {} }: z.core.$ZodIssueCustom,
  path: DefinitionPath,
  input: unknown,
): KeyProblem[] {
  const { issues, schema, missingKey: name, ...changes } = params;
  if (name !== undefined) return [missingKey([...path, name])];
  if (issues === undefined) return [{ ...wrongValue(path, valueAt(input, path), message), ...changes }];
  const place = { schema, depth: path.length };
  return (issues as Issue[]).flatMap((issue) => issueProblems(issue, path, input, place));
}

/** The issues of a union are those of the member that the user meant: the map, if the value is a map. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: DefinitionPath,
  input: unknown,
  place: PlacedSchema,
): KeyProblem[] {
  const value = valueAt(input, path);
  if (value === undefined && path.length > 0) return [missingKey(path)];
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const mapIssues = issue.errors.find(
    (errors) => !errors.some((error) => error.path.length === 0 && error.code !== 'unrecognized_keys'),
  );
  if (isMap && mapIssues !== undefined) {
    return mapIssues.flatMap((error) => issueProblems(error, path, input, place));
  }
  const message = `${pathLabel(path)} is ${valueLabel(value)}.`;
  if (issue.message.startsWith('Write ')) {
    return [{ code: 'MESH-TYPE', path, message, hint: issue.message }];
  }
  const words = issue.errors
    .flat()
    .flatMap((error) => (error.code === 'invalid_value' ? error.values.map(String) : []));
  const word = typeof value === 'string' ? nearest(value, words) : switchWord(value, words);
  return [
    {
      code: typeof value === 'string' ? 'MESH-VALUE' : 'MESH-TYPE',
      path,
      message,
      hint: word === undefined ? `Write a map of settings, or ${words.join(' or ')}.` : `Write ${word}.`,
    },
  ];
}

function unknownKey(
  path: DefinitionPath,
  key: string,
  known: readonly string[],
  hint: string | undefined,
): KeyProblem {
  const suggestion = hint === undefined ? nearest(key, known) : undefined;
  const holder = path.length === 0 ? 'the mesh' : formatPath(path);
  return {
    code: 'MESH-UNKNOWN-KEY',
    path: [...path, key],
    at: 'key',
    key: suggestion && formatPath([...path, suggestion]),
    message: `${JSON.stringify(key)} is not a key of ${holder}.`,
    hint: hint ?? (suggestion === undefined ? knownKeysHint(known) : `Write ${JSON.stringify(suggestion)}.`),
  };
}

function knownKeysHint(known: readonly string[]): string {
  // A long list is hard to read; an editor with the JSON Schema completes the keys.
  return known.length > 20
    ? 'Remove it, or write a key that exists here.'
    : `Write ${oneOf(known)}, or remove it.`;
}

function notAllowed(
  path: DefinitionPath,
  value: unknown,
  allowed: readonly string[],
  hint: string,
): KeyProblem {
  if (value === undefined && path.length > 0) return missingKey(path);
  if (hint.startsWith('Write ')) return wrongValue(path, value, hint);
  const suggestion = typeof value === 'string' ? nearest(value, allowed) : switchWord(value, allowed);
  return wrongValue(path, value, `Write ${suggestion ?? oneOf(allowed)}.`);
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? String(words[0]) : `one of ${words.join(', ')}`;
}

function missingKey(path: DefinitionPath): KeyProblem {
  return {
    code: 'MESH-MISSING-KEY',
    path: path.slice(0, -1),
    key: formatPath(path),
    message: `${path.length === 1 ? 'The mesh' : formatPath(path.slice(0, -1))} has no ${path.at(-1)}.`,
    hint: `Add ${path.at(-1)}: with a value.`,
  };
}

function wrongType(
  path: DefinitionPath,
  value: unknown,
  issue: z.core.$ZodIssueInvalidType,
): DefinitionProblem {
  const expected = typeLabels[issue.expected] ?? issue.expected;
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  let hint = `Write ${expected}.`;
  if (issue.message.startsWith('Write ')) hint = issue.message;
  else if (value === null) hint = `Write ${expected}, or remove the key.`;
  else if (issue.expected === 'string' && isScalar)
    hint = `Write it in quotes: ${JSON.stringify(String(value))}.`;
  else hint = formHint(path, value, issue.expected) ?? hint;
  const message = `${pathLabel(path)} is ${valueLabel(value)}, not ${expected}.`;
  return { code: 'MESH-TYPE', path, message, hint };
}

const typeLabels: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function wrongValue(path: DefinitionPath, value: unknown, hint: string): DefinitionProblem {
  return { code: 'MESH-VALUE', path, message: `${pathLabel(path)} is ${valueLabel(value)}.`, hint };
}

function pathLabel(path: DefinitionPath): string {
  return path.length === 0 ? 'The definition' : formatPath(path);
}

function valueLabel(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(withoutSecrets(value));
    case 'object':
      return 'a map';
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}
