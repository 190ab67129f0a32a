import { parseDocument } from 'yaml';
import type { Delivery } from '../mesh/mesh';
import { annotated, annotationsOf } from './annotations';
import type { PlainObject } from './manifest';

/**
 * Rendered manifests with the annotations that an engine of delivery needs. The text is not parsed, which
 * for a megabyte of CustomResourceDefinitions takes longer than everything else together: lines are put
 * into the metadata of each document. Where a document is not written in blocks, as programs write them,
 * it is parsed after all.
 */
export function annotatedText(text: string, stage: number, delivery: Delivery): string {
  return text
    .split(/^(?=---(?:\s|$))/m)
    .map((document) => annotatedDocument(document, stage, delivery))
    .join('');
}

function annotatedDocument(document: string, stage: number, delivery: Delivery): string {
  const metadata = metadataOf(document);
  const kind = scalar(/^kind:[ \t]+(.*)$/m.exec(document)?.[1]);
  if (metadata === undefined || kind === undefined) return parsedAndAnnotated(document, stage, delivery);
  const { start, block, indent } = metadata;
  const child = (key: string) => scalar(new RegExp(`^${indent}${key}:[ \\t]+(.*)$`, 'm').exec(block)?.[1]);
  const object = { kind, metadata: { name: child('name'), namespace: child('namespace') } };
  const annotations = Object.entries(annotationsOf(object, stage, delivery));
  if (annotations.length === 0) return document;

  const existing = new RegExp(`^${indent}annotations:(.*)\\n(${indent} +)?`, 'm').exec(block);
  if (existing === null) {
    const lines = annotations.map(([key, value]) => line(`${indent}  `, key, value));
    return insert(document, start, `${indent}annotations:\n${lines.join('')}`);
  }
  const [header, rest = '', childIndent] = existing;
  // An empty or inline map, or an annotation that is there already.
  const isPlain = rest.trim() === '' && childIndent !== undefined;
  if (!isPlain || annotations.some(([key]) => block.includes(key))) {
    return parsedAndAnnotated(document, stage, delivery);
  }
  const lines = annotations.map(([key, value]) => line(childIndent, key, value));
  return insert(document, start + existing.index + header.length - childIndent.length, lines.join(''));
}

interface Metadata {
  /** Where the block begins in the document. */
  readonly start: number;
  /** The lines below `metadata:`. */
  readonly block: string;
  /** The indentation of its keys. */
  readonly indent: string;
}

/** The metadata of an object. What begins at the start of a line is a key of the object itself. */
function metadataOf(document: string): Metadata | undefined {
  const header = /^metadata:[ \t]*\n/m.exec(document);
  if (header === null) return undefined;
  const start = header.index + header[0].length;
  const block = /^(?:[ \t].*\n?|\n)*/.exec(document.slice(start))?.[0] ?? '';
  const indent = /^ +(?=[^\s#])/m.exec(block)?.[0];
  return indent === undefined ? undefined : { start, block, indent };
}

/** A scalar that needs no parser; undefined for any other. */
function scalar(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^(["']?)([\w.:-]+)\1[ \t]*$/.exec(text)?.[2];
}

function line(indent: string, key: string, value: string): string {
  return `${indent}${key}: ${JSON.stringify(value)}\n`;
}

function insert(text: string, index: number, inserted: string): string {
  return text.slice(0, index) + inserted + text.slice(index);
}

/** The same by way of the parsed document, of which comments and the writing of scalars are kept. */
function parsedAndAnnotated(text: string, stage: number, delivery: Delivery): string {
  const document = parseDocument(text, { version: '1.1' });
  const object = document.toJS() as PlainObject | null;
  if (object?.metadata === undefined) return text;
  const before = object.metadata.annotations;
  const { annotations: after } = annotated(object, stage, delivery).metadata;
  if (after === before) return text;
  document.setIn(['metadata', 'annotations'], document.createNode(after));
  return document.toString({ lineWidth: 0 });
}
