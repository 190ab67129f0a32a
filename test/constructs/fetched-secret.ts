/** The fields of an ExternalSecret that determine its Secret. */
export interface ExternalSecret {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly target: {
      readonly name: string;
      readonly template: {
        readonly type: string;
        readonly metadata?: {
          readonly labels?: Readonly<Record<string, string>>;
          readonly annotations?: Readonly<Record<string, string>>;
        };
      };
    };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
  };
}

/**
 * The Secret that the External Secrets operator creates from an ExternalSecret and a store: every key has the
 * value of its property, and the template sets type, labels and annotations.
 *
 * @param store properties by their entries
 * @see https://external-secrets.io/latest/guides/templating/
 */
export function fetchedSecret(
  { metadata: { namespace }, spec: { target, data } }: ExternalSecret,
  store: Readonly<Record<string, Readonly<Record<string, string>>>>,
): unknown {
  const { type, metadata } = target.template;
  const valueIn = (key: string, property: string): string => {
    const value = store[key]?.[property];
    if (value === undefined) throw new Error(`The store has no ${property} in ${key}.`);
    return Buffer.from(value).toString('base64');
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: target.name, namespace, ...metadata },
    type,
    data: Object.fromEntries(
      data.map(({ secretKey, remoteRef: { key, property } }) => [secretKey, valueIn(key, property)]),
    ),
  };
}
