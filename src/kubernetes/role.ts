import type { KubernetesObject, ObjectMetadata } from './object';

/** A permission of a role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** The service account that a role is bound to. */
export interface Account {
  readonly name: string;
  /** @default - the namespace of the role */
  readonly namespace?: string;
}

const group = 'rbac.authorization.k8s.io';

/**
 * A role and its binding. Without a namespace, both apply to the whole cluster.
 *
 * @param binding the metadata of the binding, if they are not those of the role
 */
export function boundRole(
  metadata: ObjectMetadata,
  rules: readonly PolicyRule[],
  account: Account,
  binding: ObjectMetadata = metadata,
): readonly KubernetesObject[] {
  const kind = metadata.namespace === undefined ? 'ClusterRole' : 'Role';
  return [
    { apiVersion: `${group}/v1`, kind, metadata, rules },
    {
      apiVersion: `${group}/v1`,
      kind: `${kind}Binding`,
      metadata: binding,
      roleRef: { apiGroup: group, kind, name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
  ];
}

/** The verbs of a controller that only watches resources. */
export const read = ['get', 'list', 'watch'];

/** The verbs of a controller that owns resources. */
export const manage = [...read, 'create', 'update', 'patch', 'delete'];
