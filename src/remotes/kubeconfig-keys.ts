import { nearest } from '../mesh/suggestion';
import type { KubeconfigDocument, KubeconfigMap } from './kubeconfig-document';

/** istiod passes over a key that it does not know without a word, and with it what was meant. */
export function warnOfUnknownKeys(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  known: readonly string[],
): void {
  for (const key of document.keys(map).filter((name) => !known.includes(name))) {
    const meant = nearest(key, known);
    document.warn(
      map,
      key,
      'REMOTE-UNKNOWN-KEY',
      `${JSON.stringify(key)} is not a key of a kubeconfig here, so istiod ignores it.`,
      meant === undefined ? 'Remove it.' : `Write ${meant}, or remove it.`,
    );
  }
}
