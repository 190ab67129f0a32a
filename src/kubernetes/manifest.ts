/** A Kubernetes object as plain data, as far as gitops looks at it. */
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

/** What gitops goes by: what an object is, and of its spec as much as is known. */
export type ObjectHead = Pick<PlainObject, 'apiVersion' | 'kind' | 'metadata' | 'spec'>;

/** What one chart makes: objects, or the text of a chart that another program has rendered. */
export interface Manifest {
  /** The path within the output folder, without the ending of its file, such as cluster1/10-namespace. */
  readonly path: string;
  readonly content: { readonly objects: readonly PlainObject[] } | { readonly text: string };
}

/** Whether a manifest has nothing in it, and needs no file. */
export function isEmpty({ content }: Manifest): boolean {
  return 'text' in content ? content.text === '' : content.objects.length === 0;
}

/** Kind, namespace and name of an object, as `Service istio-system/istiod`. */
export function identityOf({ apiVersion, kind, metadata }: PlainObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const namespace = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  return `${kind}${group} ${namespace}${metadata.name}`;
}

/** Whether an object is a Secret that nothing has encrypted. */
export function isPlainSecret({ kind, sops }: PlainObject): boolean {
  return kind === 'Secret' && sops === undefined;
}
