import { isPlainSecret, type Manifest } from './manifest';
import type { OutputFile } from './output-file';

/** The file of a manifest. */
export function manifestFile(
  { path, content }: Manifest,
  ending: string,
  textOf: (object: unknown) => string,
): OutputFile {
  if ('text' in content) {
    const secrecy = /^kind: Secret$/m.test(content.text) ? 'secret' : 'public';
    return { path: `${path}${ending}`, content: content.text, secrecy };
  }
  return {
    path: `${path}${ending}`,
    content: content.objects.map(textOf).join('---\n'),
    secrecy: content.objects.some(isPlainSecret) ? 'secret' : 'public',
  };
}
