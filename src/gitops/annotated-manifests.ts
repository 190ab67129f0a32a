import { parseDocument } from 'yaml';
import type { Manifest, PlainObject } from '../kubernetes/manifest';
import type { GitOps } from '../mesh/mesh';
import { annotated, annotationsOf, stageOf } from './annotations';
import { documentsOf, headOf } from './rendered-document';

/** Manifests of clusters with the annotations that the GitOps tool needs; the same where there is none. */
export function annotatedManifests(
  manifests: readonly Manifest[],
  gitops: GitOps | undefined,
): readonly Manifest[] {
  if (gitops === undefined) return manifests;
  // Clusters have their definitions in common, and half a megabyte is annotated once for all of them.
  const texts = new Map<string, Map<number, string>>();
  const textOf = (text: string, stage: number): string => {
    const stages = texts.get(text) ?? new Map<number, string>();
    texts.set(text, stages);
    const result = stages.get(stage) ?? annotatedText(text, stage, gitops);
    stages.set(stage, result);
    return result;
  };
  return manifests.map(({ path, content }) => {
    const stage = stageOf(path);
    if ('text' in content) return { path, content: { text: textOf(content.text, stage) } };
    return {
      path,
      content: { objects: content.objects.map((object) => annotated(object, stage, gitops)) },
    };
  });
}

/**
 * Rendered manifests with the annotations that an GitOps tool needs. The text is not parsed, which
 * for a megabyte of CustomResourceDefinitions takes longer than everything else together: lines are put
 * into the metadata of each document. Where a document is not written in blocks, as programs write them,
 * it is parsed after all.
 */
export function annotatedText(text: string, stage: number, gitops: GitOps): string {
  return documentsOf(text)
    .map((document) => annotatedDocument(document, stage, gitops))
    .join('');
}

function annotatedDocument(document: string, stage: number, gitops: GitOps): string {
  const head = headOf(document);
  if (head === undefined) return parsedAndAnnotated(document, stage, gitops);
  const annotations = Object.entries(annotationsOf(head.object, stage, gitops));
  if (annotations.length === 0) return document;

  const { start, block, indent } = head;
  const existing = new RegExp(`^${indent}annotations:(.*)\\n(${indent} +)?`, 'm').exec(block);
  if (existing === null) {
    const lines = annotations.map(([key, value]) => line(`${indent}  `, key, value));
    return insert(document, start, `${indent}annotations:\n${lines.join('')}`);
  }
  const [header, rest = '', childIndent] = existing;
  // An empty or inline map, or an annotation that is there already.
  const isPlain = rest.trim() === '' && childIndent !== undefined;
  if (!isPlain || annotations.some(([key]) => block.includes(key))) {
    return parsedAndAnnotated(document, stage, gitops);
  }
  const lines = annotations.map(([key, value]) => line(childIndent, key, value));
  return insert(document, start + existing.index + header.length - childIndent.length, lines.join(''));
}

function line(indent: string, key: string, value: string): string {
  return `${indent}${key}: ${JSON.stringify(value)}\n`;
}

function insert(text: string, index: number, inserted: string): string {
  return text.slice(0, index) + inserted + text.slice(index);
}

/** The same by way of the parsed document, of which comments and the writing of scalars are kept. */
function parsedAndAnnotated(text: string, stage: number, gitops: GitOps): string {
  const document = parseDocument(text, { version: '1.1' });
  const object = document.toJS() as PlainObject | null;
  if (object?.metadata === undefined) return text;
  const before = object.metadata.annotations;
  const { annotations: after } = annotated(object, stage, gitops).metadata;
  if (after === before) return text;
  document.setIn(['metadata', 'annotations'], document.createNode(after));
  return document.toString({ lineWidth: 0 });
}
