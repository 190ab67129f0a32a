import type { Workplace } from './workplace';

/** An object as the API server returns it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly ownerReferences?: readonly unknown[];
  };
  readonly status?: unknown;
}

/** Kinds that controllers create for other objects, without an owner reference. */
const derivedKinds = ['APIService', 'Endpoints', 'Event', 'IPAddress', 'Lease', 'Node'];

/**
 * Objects that controllers create in every namespace, the leader elections of istiod, and the token of
 * `istio-mesh join`.
 */
const derivedNames = [
  /^ServiceAccount \S+\/default$/,
  /^Secret \S+\/istio-reader-service-account-token-[0-9a-f]+$/,
  /^ConfigMap \S+\/(kube-root-ca\.crt|istio-ca-root-cert|istio-ca-crl)$/,
  /^ConfigMap \S+\/(istio-leader|istio-\S+-election|istio-ip-autoallocate)$/,
];

/** The objects of a cluster of all kinds, except those that controllers create for others. */
export function liveObjects(workplace: Workplace, cluster: string): LiveObject[] {
  const kinds = workplace.kubectl(cluster, 'api-resources --verbs=list --output=name').trim().split('\n');
  return objectList(workplace.kubectl(cluster, `get ${kinds} --all-namespaces --output=json`));
}

/** The objects of a cluster that are not in its output folder. */
export function unwrittenObjects(workplace: Workplace, cluster: string): string[] {
  const files = workplace.kubectl(cluster, `apply --dry-run=client --output=json -f dist/${cluster}`);
  const written = new Set(objectList(files).map(identity));
  return liveObjects(workplace, cluster)
    .map(identity)
    .filter((object) => !written.has(object))
    .sort();
}

/** The kind, namespace and name of an object. */
export function identity({ kind, metadata }: LiveObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function objectList(json: string): LiveObject[] {
  const { items } = JSON.parse(json) as { items: LiveObject[] };
  return items.filter((object) => !isDerived(object));
}

function isDerived(object: LiveObject): boolean {
  return (
    object.metadata.ownerReferences !== undefined ||
    derivedKinds.includes(object.kind) ||
    derivedNames.some((name) => name.test(identity(object)))
  );
}
