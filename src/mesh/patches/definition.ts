/** A change of the objects of a cluster, in the form of kustomize. */
export interface PatchDefinition {
  /**
   * The objects that are changed.
   * @default - the object that the patch names with apiVersion, kind and metadata
   */
  readonly target?: PatchTargetDefinition;
  /**
   * A strategic merge patch as a map, a JSON patch (RFC 6902) as a list of operations, or either of them as a text.
   */
  readonly patch: string | Readonly<Record<string, unknown>> | readonly JsonPatchOperation[];
}

/**
 * The objects that a patch changes: those that match all keys. As in kustomize, the texts except for the selectors are
 * regular expressions for the whole name.
 */
export interface PatchTargetDefinition {
  /**
   * The kind, such as Deployment.
   * @default - any
   */
  readonly kind?: string;
  /**
   * The name, such as istiod or istio-.*gateway.
   * @default - any
   */
  readonly name?: string;
  /**
   * The namespace.
   * @default - any
   */
  readonly namespace?: string;
  /**
   * The API group, such as apps.
   * @default - any
   */
  readonly group?: string;
  /**
   * The version of the API, such as v1.
   * @default - any
   */
  readonly version?: string;
  /**
   * A label selector, such as app=istiod.
   * @default - any
   */
  readonly labelSelector?: string;
  /**
   * A selector of annotations, in the form of a label selector.
   * @default - any
   */
  readonly annotationSelector?: string;
}

/**
 * An operation of a JSON patch.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6902
 */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}
