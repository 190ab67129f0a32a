/** What of an ExternalSecret decides the Secret that it becomes. */
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
 * The Secret that External Secrets makes of an ExternalSecret and a store: every key with the value of its
 * property, and type, labels and annotations from the template.
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
