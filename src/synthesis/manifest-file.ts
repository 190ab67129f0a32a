import type { OutputFile } from '../files/output-file';
import { identityOf, isPlainSecret, type Manifest } from '../kubernetes/manifest';
import { yamlText } from '../kubernetes/yaml';
import type { Problem } from '../problems/problem';

/** The file of a manifest. */
export function manifestFile({ path, content }: Manifest, ending: string): OutputFile {
  if ('text' in content) {
    const secrecy = /^kind: Secret$/m.test(content.text) ? 'secret' : 'public';
    return { path: `${path}${ending}`, content: content.text, secrecy };
  }
  return {
    path: `${path}${ending}`,
    content: content.objects.map(yamlText).join('---\n'),
    secrecy: content.objects.some(isPlainSecret) ? 'secret' : 'public',
  };
}

/** Objects of the same kind, namespace and name in one cluster: kubectl would silently keep the last. */
export function duplicateObjects(manifests: readonly Manifest[], ending: string): Problem[] {
  const first = new Map<string, string>();
  return manifests.flatMap(({ path, content }) => {
    const file = `${path}${ending}`;
    const identities = 'text' in content ? [] : content.objects.map(identityOf);
    return identities.flatMap((object) => {
      const key = `${path.split('/')[0]} ${object}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, file);
        return [];
      }
      return {
        code: 'OUTPUT-DUPLICATE' as const,
        location: { file },
        message: `${object} is in ${earlier} already.`,
        hint: 'Give one of the two another name, or remove it.',
      };
    });
  });
}
