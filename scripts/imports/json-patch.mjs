import { isDeepStrictEqual } from 'node:util';
import { JsonPatch } from 'cdk8s';

/**
 * The JSON Patch (RFC 6902) that makes one document another. Lists of different lengths are replaced as
 * a whole, since which of their items correspond is anybody's guess.
 */
export function jsonPatch(from, to, path = '') {
  if (!comparable(from, to)) return isDeepStrictEqual(from, to) ? [] : [{ op: 'replace', path, value: to }];
  const at = (key) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  return [
    ...removed.map((key) => ({ op: 'remove', path: at(key) })),
    ...Object.entries(to).flatMap(([key, value]) =>
      Object.hasOwn(from, key) ? jsonPatch(from[key], value, at(key)) : [{ op: 'add', path: at(key), value }],
    ),
  ];
}

/** A document as a JSON Patch changes it. */
export function patched(document, patch) {
  // Otherwise the operations would change the document itself.
  const copy = structuredClone(document);
  return JsonPatch.apply(copy, ...patch.map(({ op, path, value }) => JsonPatch[op](path, value)));
}

/** Whether two values are compared key by key: two maps, or two lists of one length. */
function comparable(a, b) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return Array.isArray(a) === Array.isArray(b) && (!Array.isArray(a) || a.length === b.length);
}
