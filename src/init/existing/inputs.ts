import { isMap } from '../../mesh/helm-values';
import { valueAt } from '../../problems/problem';
import type { InputDocument } from './input-document';

/** The documents of all inputs. A release can name some of them as its values. */
export class Inputs {
  private readonly claimed = new Set<InputDocument>();

  constructor(readonly documents: readonly InputDocument[]) {}

  /**
   * The documents of the values file that a release names, which belong to this release from now on; none if no input
   * is this file.
   *
   * @param name a path that can start with the name of a repository, such as $values/istio/istiod.yaml
   */
  valuesFile(name: string): readonly InputDocument[] {
    const path = name.replace(/^(\$[^/]*\/|\.{0,2}\/)+/, '');
    const isNamed = (document: InputDocument, end: string) =>
      `/${document.file}`.endsWith(`/${end}`) && isPlain(document);
    const ends = path.split('/').map((_, index, parts) => parts.slice(index).join('/'));
    for (const end of ends) {
      const files = this.documents.filter((document) => isNamed(document, end));
      // Several files of this name may be those of other releases.
      if (new Set(files.map(({ file }) => file)).size > 1) return [];
      for (const document of files) this.claimed.add(document);
      if (files.length > 0) return files;
    }
    return [];
  }

  /** The document with a ConfigMap; undefined if no input has it. */
  configMap(name: unknown): InputDocument | undefined {
    return this.documents.find(
      ({ content }) =>
        valueAt(content, ['kind']) === 'ConfigMap' && valueAt(content, ['metadata', 'name']) === name,
    );
  }

  /** Whether a release has named the document. */
  isClaimed(document: InputDocument): boolean {
    return this.claimed.has(document);
  }
}

/** Whether a document is no Kubernetes object, so that it can be a file of values. The chart gateway has a value `kind`. */
function isPlain({ content }: InputDocument): boolean {
  return isMap(content) && content.apiVersion === undefined;
}
