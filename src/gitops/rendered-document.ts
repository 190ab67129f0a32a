import type { ObjectHead } from '../kubernetes/manifest';

/** The documents of a rendered text, each with the line that begins it. */
export function documentsOf(text: string): string[] {
  return text.split(/^(?=---(?:\s|$))/m);
}

/** What is read of a document without parsing it, and where its metadata are. */
export interface DocumentHead {
  /** What the object is; of its spec, the type of a Service. */
  readonly object: ObjectHead;
  /** Where the lines below `metadata:` begin in the document. */
  readonly start: number;
  /** These lines. */
  readonly block: string;
  /** The indentation of their keys. */
  readonly indent: string;
}

/**
 * The head of a document that is written in blocks, as programs write it; undefined for any other. What
 * begins at the start of a line is a key of the object itself.
 */
export function headOf(document: string): DocumentHead | undefined {
  const apiVersion = scalar(document, 'apiVersion');
  const kind = scalar(document, 'kind');
  const lines = blockOf(document, 'metadata');
  if (lines === undefined || apiVersion === undefined || kind === undefined) return undefined;
  const { block, indent } = lines;
  const metadata = {
    name: scalar(block, `${indent}name`),
    namespace: scalar(block, `${indent}namespace`),
  };
  return { object: { apiVersion, kind, metadata, ...serviceSpec(document, kind) }, ...lines };
}

function serviceSpec(document: string, kind: string): Pick<ObjectHead, 'spec'> {
  const spec = kind === 'Service' ? blockOf(document, 'spec') : undefined;
  return spec === undefined ? {} : { spec: { type: scalar(spec.block, `${spec.indent}type`) } };
}

/** The lines below a key of the object. */
function blockOf(document: string, key: string): Omit<DocumentHead, 'object'> | undefined {
  const header = new RegExp(`^${key}:[ \\t]*\\n`, 'm').exec(document);
  if (header === null) return undefined;
  const start = header.index + header[0].length;
  const block = /^(?:[ \t].*\n?|\n)*/.exec(document.slice(start))?.[0] ?? '';
  const indent = /^ +(?=[^\s#])/m.exec(block)?.[0];
  return indent === undefined ? undefined : { start, block, indent };
}

/** The value of a key at the start of a line, where it needs no parser. */
function scalar(text: string, key: string): string | undefined {
  return new RegExp(`^${key}:[ \\t]+(["']?)([\\w./:-]+)\\1[ \\t]*$`, 'm').exec(text)?.[2];
}
