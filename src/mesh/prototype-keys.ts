import { type DefinitionPath, type DefinitionProblem, formatPath } from '../problems/problem';

/**
 * Reports keys with the name `__proto__`, wherever they are. To JavaScript it is not a key like others, so maps with
 * any keys would lose it without a message.
 *
 * @param reported the problems that others have found
 */
export function prototypeKeys(
  definition: unknown,
  reported: readonly DefinitionProblem[],
): DefinitionProblem[] {
  const known = new Set(reported.map(({ path }) => formatPath(path)));
  return pathsOfPrototypeKeys(definition, [])
    .filter((path) => !known.has(formatPath(path)))
    .map((path) => ({
      code: 'MESH-UNKNOWN-KEY',
      path,
      at: 'key',
      message: '"__proto__" cannot be a key of a mesh definition.',
      hint: 'Remove it.',
    }));
}

function pathsOfPrototypeKeys(value: unknown, path: DefinitionPath): DefinitionPath[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => pathsOfPrototypeKeys(item, [...path, index]));
  }
  return Object.entries(value).flatMap(([key, part]) =>
    key === '__proto__' ? [[...path, key]] : pathsOfPrototypeKeys(part, [...path, key]),
  );
}
