import { parseDocument } from 'yaml';
import type { Manifest, PlainObject } from '../kubernetes/manifest';
import { documentsOf, headOf } from '../kubernetes/rendered-document';
import { stringifyYaml } from '../kubernetes/yaml';
import { quoted } from '../kubernetes/yaml-scalars';
import type { GitOps } from '../mesh/mesh';
import { annotateObject, annotationsOf, stageOf } from './annotations';

/** Adds the annotations that the GitOps tool needs to manifests. */
export class ManifestAnnotator {
  /** Annotated texts by text and stage: all clusters share the text of their CRDs, half a megabyte. */
  private readonly texts = new Map<string, Map<number, string>>();

  /** @param gitops the GitOps settings of the mesh; without them, manifests stay as they are */
  constructor(private readonly gitops: GitOps | undefined) {}

  annotate(manifest: Manifest): Manifest {
    const { gitops } = this;
    if (gitops === undefined) return manifest;
    const { path, content } = manifest;
    const stage = stageOf(path);
    if ('text' in content)
      return { path, content: { text: this.annotatedText(content.text, stage, gitops) } };
    return { path, content: { objects: content.objects.map((each) => annotateObject(each, stage, gitops)) } };
  }

  private annotatedText(text: string, stage: number, gitops: GitOps): string {
    const byStage = this.texts.get(text) ?? new Map<number, string>();
    this.texts.set(text, byStage);
    const annotated = byStage.get(stage) ?? annotateText(text, stage, gitops);
    byStage.set(stage, annotated);
    return annotated;
  }
}

/**
 * Adds the annotations that a GitOps tool needs to the documents of a text. It inserts lines instead of
 * parsing the text, because parsing a megabyte of CRDs takes longer than the rest of a synthesis. Documents
 * that are not in block style are parsed.
 */
export function annotateText(text: string, stage: number, gitops: GitOps): string {
  return documentsOf(text)
    .map((document) => annotateDocument(document, stage, gitops))
    .join('');
}

function annotateDocument(document: string, stage: number, gitops: GitOps): string {
  const head = headOf(document);
  if (head === undefined) return annotateParsedDocument(document, stage, gitops);
  const annotations = Object.entries(annotationsOf(head.object, stage, gitops));
  if (annotations.length === 0) return document;

  const { start, block, indent } = head;
  const existing = new RegExp(`^${indent}annotations:(.*)\\n(${indent} +)?`, 'm').exec(block);
  if (existing === null) {
    const lines = annotations.map(([key, value]) => annotationLine(`${indent}  `, key, value));
    return insertAt(document, start, `${indent}annotations:\n${lines.join('')}`);
  }
  const [header, sameLine = '', childIndent] = existing;
  const isBlock = sameLine.trim() === '' && childIndent !== undefined;
  if (!isBlock || annotations.some(([key]) => block.includes(key))) {
    return annotateParsedDocument(document, stage, gitops);
  }
  const lines = annotations.map(([key, value]) => annotationLine(childIndent, key, value));
  return insertAt(document, start + existing.index + header.length - childIndent.length, lines.join(''));
}

function annotationLine(indent: string, key: string, value: string): string {
  return `${indent}${key}: ${quoted(value)}\n`;
}

function insertAt(text: string, index: number, inserted: string): string {
  return text.slice(0, index) + inserted + text.slice(index);
}

/** Annotates a document through its parsed form, which keeps its comments and the style of its scalars. */
function annotateParsedDocument(text: string, stage: number, gitops: GitOps): string {
  const document = parseDocument(text, { version: '1.1' });
  const object = document.toJS() as PlainObject | null;
  if (object?.metadata === undefined) return text;
  const { annotations } = annotateObject(object, stage, gitops).metadata;
  if (annotations === object.metadata.annotations) return text;
  document.setIn(['metadata', 'annotations'], parseDocument(stringifyYaml(annotations)).contents);
  return document.toString({ lineWidth: 0 });
}
