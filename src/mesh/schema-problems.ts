import { z } from 'zod';
import { type DefinitionPath, type DefinitionProblem, formatPath, valueAt } from '../problems/problem';
import { nearest } from '../problems/suggestion';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Says in the mesh's own words what a schema found wrong with a definition. */
export function schemaProblems(
  issues: readonly Issue[],
  input: unknown,
  schema: Schema,
): DefinitionProblem[] {
  const findings = issues.flatMap((issue) => findingsOf(issue, [], input, schema));
  const misspelt = new Set(findings.map(({ code, key }) => (code === 'MESH-UNKNOWN-KEY' ? key : undefined)));
  return findings
    .filter(({ code, key }) => code !== 'MESH-MISSING-KEY' || !misspelt.has(key))
    .map(({ key: _, ...finding }) => finding);
}

/** A finding about a key: the one that is absent, or the one that a misspelt key was meant to be. */
interface KeyProblem extends DefinitionProblem {
  readonly key?: string;
}

function findingsOf(issue: Issue, prefix: DefinitionPath, input: unknown, schema: Schema): KeyProblem[] {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const value = valueAt(input, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, keysAt(schema, path)));
    case 'invalid_union':
      return unionFindings(issue, path, input, schema);
    case 'invalid_value':
      return [
        notOneOf(
          path,
          value,
          issue.values.map(String).filter((word) => word !== ''),
        ),
      ];
    case 'invalid_type':
      return [value === undefined ? missing(path) : wrongType(path, value, issue)];
    case 'custom':
      return [{ ...ownFinding(path, value, issue.message), ...issue.params }];
    default:
      return [ownFinding(path, value, issue.message)];
  }
}

/** A union's issues are those of the member that the value was meant to be: the map, when it is one. */
function unionFindings(
  issue: z.core.$ZodIssueInvalidUnion,
  path: DefinitionPath,
  input: unknown,
  schema: Schema,
): KeyProblem[] {
  const value = valueAt(input, path);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const map = issue.errors.find(
    (errors) => !errors.some((error) => error.path.length === 0 && error.code !== 'unrecognized_keys'),
  );
  if (isMap && map !== undefined) {
    return map.flatMap((error) => findingsOf(error, path, input, schema));
  }
  if (issue.message.startsWith('Write ')) {
    const message = `${shown(path)} is ${quoted(value)}.`;
    return [{ code: 'MESH-TYPE', path, message, hint: issue.message }];
  }
  const words = issue.errors.flat().flatMap((error) => (error.code === 'invalid_value' ? error.values : []));
  return [
    {
      code: typeof value === 'string' ? 'MESH-VALUE' : 'MESH-TYPE',
      path,
      message: `${shown(path)} is ${quoted(value)}.`,
      hint: `Write a map of settings, or ${words.map(String).join(' or ')}.`,
    },
  ];
}

function unknownKey(path: DefinitionPath, key: string, known: readonly string[]): KeyProblem {
  const meant = nearest(key, known);
  const holder = path.length === 0 ? 'the mesh' : formatPath(path);
  return {
    code: 'MESH-UNKNOWN-KEY',
    path: [...path, key],
    at: 'key',
    key: meant && formatPath([...path, meant]),
    message: `${JSON.stringify(key)} is not a key of ${holder}.`,
    hint: meant === undefined ? unlikeAny(known) : `Write ${JSON.stringify(meant)}.`,
  };
}

function unlikeAny(known: readonly string[]): string {
  // More names than anybody reads help less than an editor that completes them.
  return known.length > 20
    ? 'Remove it, or write a key that is known there.'
    : `Write one of ${known.join(', ')}.`;
}

function notOneOf(path: DefinitionPath, value: unknown, allowed: readonly string[]): KeyProblem {
  if (value === undefined) return missing(path);
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  return {
    code: 'MESH-VALUE',
    path,
    message: `${shown(path)} is ${quoted(value)}.`,
    hint: meant === undefined ? `Write one of ${allowed.join(', ')}.` : `Write ${meant}.`,
  };
}

function missing(path: DefinitionPath): KeyProblem {
  return {
    code: 'MESH-MISSING-KEY',
    path: path.slice(0, -1),
    key: formatPath(path),
    message: `${path.length === 1 ? 'The mesh' : formatPath(path.slice(0, -1))} has no ${path.at(-1)}.`,
    hint: `Write ${path.at(-1)}: with a value.`,
  };
}

function wrongType(
  path: DefinitionPath,
  value: unknown,
  issue: z.core.$ZodIssueInvalidType,
): DefinitionProblem {
  const wanted = typeNames[issue.expected] ?? issue.expected;
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  let hint = `Write ${wanted}.`;
  if (issue.message.startsWith('Write ')) hint = issue.message;
  else if (value === null) hint = `Write ${wanted}, or leave the key out.`;
  else if (issue.expected === 'string' && scalar)
    hint = `Write it in quotes: ${JSON.stringify(String(value))}.`;
  return { code: 'MESH-TYPE', path, message: `${shown(path)} is ${quoted(value)}, not ${wanted}.`, hint };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

/** A finding of one of our own rules, whose message is the remedy. */
function ownFinding(path: DefinitionPath, value: unknown, hint: string): DefinitionProblem {
  return { code: 'MESH-VALUE', path, message: `${shown(path)} is ${quoted(value)}.`, hint };
}

function shown(path: DefinitionPath): string {
  return path.length === 0 ? 'The definition' : formatPath(path);
}

function quoted(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return JSON.stringify(typeof value === 'string' ? value.replace(secrets, '…') : value);
}

/** Private keys and passwords that are where a public key or an address should be: errors end in logs. */
const secrets =
  /AGE-SECRET-KEY-\w+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** The keys that a schema allows in the map at a path of a definition. */
export function keysAt(schema: z.core.$ZodType, path: DefinitionPath): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) at = at === undefined ? undefined : within(asMap(at), key);
  const map = at === undefined ? undefined : asMap(at);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function within(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodObject ? schema.shape[key] : undefined;
}

/** Looks through what is optional, and at the map among the members of a union. */
function asMap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) return asMap(schema.unwrap());
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.map(asMap).find((member) => member instanceof z.ZodObject) ?? schema;
}
