import type { Problem } from '../mesh/problem';
import { identityOf, type Manifest } from './manifest';

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
        place: { file },
        found: `${object} is in ${earlier} already.`,
        remedy: 'Give one of the two another name, or remove it.',
      };
    });
  });
}
