import { parse } from 'yaml';
import type { ObjectHead, PlainObject } from '../../kubernetes/manifest';
import { documentsOf, headOf } from '../../kubernetes/rendered-document';
import { yamlText } from '../../kubernetes/yaml';

/**
 * A text of rendered manifests with its objects patched. Only documents that may be a target are parsed, because parsing
 * a megabyte of CustomResourceDefinitions takes longer than the rest of a synthesis.
 *
 * @param isCandidate whether an object may be a target, by what identifies it
 * @param patch the patched object; the same if nothing changes, undefined to delete it
 */
export function patchedText(
  text: string,
  isCandidate: (head: ObjectHead) => boolean,
  patch: (object: PlainObject) => PlainObject | undefined,
): string {
  let isChanged = false;
  const documents = documentsOf(text).flatMap((document) => {
    const head = headOf(document);
    if (head !== undefined && !isCandidate(head.object)) return [document];
    const object = parse(document, { version: '1.1' }) as PlainObject | null;
    if (object?.metadata === undefined || !isCandidate(object)) return [document];
    const patched = patch(object);
    if (patched === object) return [document];
    isChanged = true;
    const separator = /^---.*\n/.exec(document)?.[0] ?? '';
    return patched === undefined ? [] : [`${separator}${yamlText(patched)}`];
  });
  return isChanged ? documents.join('').replace(/^---\n/, '') : text;
}
