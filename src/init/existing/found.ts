import type { HelmValues } from '../../mesh/helm-values';
import { type DefinitionPath, MeshError, type Problem, valueAt } from '../../problems/problem';
import { type InputDocument, parseDocuments } from './input-document';
import type { Part } from './part';

/** What a document was found to contain. The note is a sentence for a comment. */
export type Found = { readonly part: Part } | { readonly note: string } | { readonly problem: Problem };

/** What is known of a part beside its content. */
export type Release = Pick<Part, 'release' | 'namespace' | 'version'>;

/** A part of a document with its content, which can be a part of what the document has at the path. */
export function partOf(
  { source, file, cluster }: InputDocument,
  kind: Part['kind'],
  path: DefinitionPath,
  content: HelmValues,
  release: Release = {},
): { readonly part: Part } {
  const locate: Part['locate'] = (inner, at) => source.locate({ path: [...path, ...inner], at });
  return { part: { kind, content, file, cluster, locate, ...release } };
}

/** An object that has no settings of Istio. */
export function notIstio({ file }: InputDocument, kind: string, metadata: unknown): Found {
  return { note: `${file}: ${named(kind, metadata)} does not configure Istio.` };
}

/** An object as messages call it. */
export function named(kind: string, metadata: unknown): string {
  return [kind, text(valueAt(metadata, ['name'])) ?? []].flat().join(' ');
}

/** A text; undefined if there is none, or an empty one. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The YAML in a text within an object.
 *
 * @throws MeshError if the text is not YAML
 */
export function parsed({ content, source, file }: InputDocument, path: DefinitionPath): unknown {
  const value = valueAt(content, path);
  if (typeof value !== 'string') return undefined;
  try {
    return parseDocuments(value, { file })[0]?.content;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    throw new MeshError(
      // Lines of the text are not lines of the file.
      error.problems.map(({ frame: _, ...problem }) => ({ ...problem, location: source.locate({ path }) })),
    );
  }
}
