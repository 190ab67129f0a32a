import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { annotatedText } from '../../src/delivery/annotated-text';
import { annotated } from '../../src/delivery/annotations';
import type { PlainObject } from '../../src/delivery/manifest';
import { deliveries } from './deliveries';

/** Annotating the text is the same as annotating the objects in it. */
export function expectSameAsObjects(text: string): void {
  const objects = objectsOf(text);
  for (const delivery of deliveries) {
    const result = annotatedText(text, 70, delivery);
    const expected = objects.map((object) => annotated(object, 70, delivery));
    expect(objectsOf(result)).toEqual(expected);
    expect(annotatedText(result, 70, delivery)).toBe(result);
  }
}

export function objectsOf(text: string): PlainObject[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() ?? [];
  });
}
