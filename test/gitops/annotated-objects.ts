import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { annotateText } from '../../src/gitops/annotate-manifests';
import { annotateObject } from '../../src/gitops/annotations';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { gitopsSettings } from './gitops-settings';

/** Expects that annotating a text has the same result as annotating its objects. */
export function expectSameAsObjects(text: string): void {
  const objects = objectsOf(text);
  for (const gitops of gitopsSettings) {
    const result = annotateText(text, 70, gitops);
    const expected = objects.map((object) => annotateObject(object, 70, gitops));
    expect(objectsOf(result)).toEqual(expected);
    expect(annotateText(result, 70, gitops)).toBe(result);
  }
}

export function objectsOf(text: string): PlainObject[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() ?? [];
  });
}
