/** A Kubernetes object as plain data, as users may define it in their own charts. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The fields that identify an object, and its spec. */
export type ObjectHead = Pick<PlainObject, 'apiVersion' | 'kind' | 'metadata' | 'spec'>;

/** The objects of a chart, or its text if another program has rendered it. */
export interface Manifest {
  /** The path within the output folder, without a file extension, such as cluster1/10-namespace. */
  readonly path: string;
  readonly content: { readonly objects: readonly PlainObject[] } | { readonly text: string };
}

/** Whether a manifest has no content, and needs no file. */
export function isEmpty({ content }: Manifest): boolean {
  return 'text' in content ? content.text === '' : content.objects.length === 0;
}

/** Kind, namespace and name of an object, such as `Service istio-system/istiod`. */
export function identityOf({ apiVersion, kind, metadata }: PlainObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const namespace = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  return `${kind}${group} ${namespace}${metadata.name}`;
}

/** The longest text without a Secret. All clusters share the text of their CRDs, half a megabyte. */
let longestPublicText = '';

/** Whether a manifest as text may have a Secret. */
export function hasSecretLine(text: string): boolean {
  if (text === longestPublicText) return false;
  const hasSecret = text.includes('kind: Secret') && /^kind: Secret$/m.test(text);
  if (!hasSecret && text.length > longestPublicText.length) longestPublicText = text;
  return hasSecret;
}

/** Whether an object is a Secret that SOPS has not encrypted. */
export function isPlainSecret({ kind, sops }: PlainObject): boolean {
  return kind === 'Secret' && sops === undefined;
}
