import { codePoint } from '../problems/printable';
import { type DefinitionPath, formatPath, MeshError } from '../problems/problem';

/**
 * Copies a definition from a program, without its undefined values: for the schema, a key with the value
 * undefined is the same as a missing key. Values that YAML does not have, such as functions and dates, are
 * kept, so that the schema refuses them.
 *
 * @throws MeshError if the definition contains itself, or a character that no Kubernetes object can contain
 */
export function plainData(definition: unknown): unknown {
  return copyOf(definition, [], new Set());
}

function copyOf(value: unknown, path: DefinitionPath, ancestors: ReadonlySet<object>): unknown {
  if (typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value)) throw unwritable(path, value);
  if (!Array.isArray(value) && !isObject(value)) return value;
  if (ancestors.has(value)) throw circular(path);
  const within = new Set(ancestors).add(value);
  // Unlike map, Array.from also visits the holes of an array.
  if (Array.isArray(value)) return Array.from(value, (item, index) => copyOf(item, [...path, index], within));
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, copyOf(part, [...path, key], within)]));
}

/** Whether a value is an object with keys of its own, unlike a date or a map. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function unwritable(path: DefinitionPath, value: string): MeshError {
  const character = codePoint(/[\0\p{Surrogate}]/u.exec(value)?.[0] ?? '');
  const message = `The text has the character ${character}, which no Kubernetes object can contain.`;
  const location = { path: formatPath(path) };
  return new MeshError([{ code: 'MESH-VALUE', location, message, hint: 'Remove the character.' }]);
}

function circular(path: DefinitionPath): MeshError {
  return new MeshError([
    {
      code: 'MESH-VALUE',
      location: { path: formatPath(path) },
      message: 'The value contains itself.',
      hint: 'Remove the circular reference.',
    },
  ]);
}
