import type { KubernetesObject, ObjectMetadata } from './object';

/** One thing that a role allows. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** The service account that gets the rights of a role. */
export interface Account {
  readonly name: string;
  /** Undefined for the namespace of the role. */
  readonly namespace?: string;
}

const group = 'rbac.authorization.k8s.io';

/** A role and the binding of the same name; both are of the whole cluster where they have no namespace. */
export function boundRole(
  metadata: ObjectMetadata,
  rules: readonly PolicyRule[],
  account: Account,
): readonly KubernetesObject[] {
  const kind = metadata.namespace === undefined ? 'ClusterRole' : 'Role';
  return [
    { apiVersion: `${group}/v1`, kind, metadata, rules },
    {
      apiVersion: `${group}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: group, kind, name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
  ];
}

/** What a controller that only follows resources does with them. */
export const read = ['get', 'list', 'watch'];

/** What the owner of resources does with them. */
export const manage = [...read, 'create', 'update', 'patch', 'delete'];
