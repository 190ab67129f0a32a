import type { ObjectHead } from './manifest';

/** Splits a text into its YAML documents; each starts with its `---` line. */
export function documentsOf(text: string): string[] {
  return text.split(/^(?=---(?:\s|$))/m);
}

/** The part of a document that is read without a parser, and the position of its metadata. */
export interface DocumentHead {
  /** The identity of the object; its spec has only the type of a Service. */
  readonly object: ObjectHead;
  /** The index in the document of the lines below `metadata:`. */
  readonly start: number;
  /** The lines below `metadata:`. */
  readonly block: string;
  /** The indentation of the keys in these lines. */
  readonly indent: string;
}

/**
 * Reads the head of a document in block style, the style of generated YAML; undefined for other styles. Lines
 * without indentation are the keys of the object itself.
 */
export function headOf(document: string): DocumentHead | undefined {
  const apiVersion = scalar(document, 'apiVersion');
  const kind = scalar(document, 'kind');
  const metadataBlock = blockOf(document, 'metadata');
  if (metadataBlock === undefined || apiVersion === undefined || kind === undefined) return undefined;
  const { block, indent } = metadataBlock;
  const metadata = {
    name: scalar(block, `${indent}name`),
    namespace: scalar(block, `${indent}namespace`),
  };
  return { object: { apiVersion, kind, metadata, ...serviceSpec(document, kind) }, ...metadataBlock };
}

function serviceSpec(document: string, kind: string): Pick<ObjectHead, 'spec'> {
  const spec = kind === 'Service' ? blockOf(document, 'spec') : undefined;
  return spec === undefined ? {} : { spec: { type: scalar(spec.block, `${spec.indent}type`) } };
}

/** The lines below a top-level key of the document. */
function blockOf(document: string, key: string): Omit<DocumentHead, 'object'> | undefined {
  const header = new RegExp(`^${key}:[ \\t]*\\n`, 'm').exec(document);
  if (header === null) return undefined;
  const start = header.index + header[0].length;
  const block = /^(?:[ \t].*\n?|\n)*/.exec(document.slice(start))?.[0] ?? '';
  const indent = /^ +(?=[^\s#])/m.exec(block)?.[0];
  return indent === undefined ? undefined : { start, block, indent };
}

/** The value of a key at the start of a line; undefined if reading it needs a parser. */
function scalar(text: string, key: string): string | undefined {
  return new RegExp(`^${key}:[ \\t]+(["']?)([\\w./:-]+)\\1[ \\t]*$`, 'm').exec(text)?.[2];
}
