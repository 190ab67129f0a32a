import { parse } from 'yaml';

interface Secret {
  readonly kind: string;
  readonly metadata: { readonly labels: object; readonly annotations: object };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
}

/** The remote secrets of a YAML text, with parsed kubeconfigs. */
export function remoteSecrets(text: string): unknown[] {
  return text
    .split(/^---$/m)
    .map((document) => parse(document) as Secret | null)
    .filter((object): object is Secret => object?.kind === 'Secret')
    .map(({ metadata, data = {}, stringData = {} }) => {
      const decoded = Object.entries(data).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString(),
      ]);
      const texts: Record<string, string> = { ...Object.fromEntries(decoded), ...stringData };
      return { metadata, kubeconfigs: Object.entries(texts).map(([key, value]) => [key, parse(value)]) };
    });
}
