import { parseAllDocuments } from 'yaml';

/** A Kubernetes object, as far as a comparison cares. */
interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Labels by which Helm and the operator keep their books; nothing in Istio selects by them. */
const bookkeeping = [
  /^app\.kubernetes\.io\//,
  /^helm\.sh\//,
  /^(install\.)?operator\.istio\.io\//,
  /^(chart|heritage|release)$/,
];

/** Objects by kind, namespace and name, brought into the one form in which equal ones are equal. */
export function canonical(objects: readonly unknown[]): Record<string, unknown> {
  const entries = objects.map((object) => {
    const { kind, metadata } = object as KubernetesObject;
    return [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, normalize(object)] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The objects of a YAML text. */
export function parseObjects(manifests: string): unknown[] {
  return parseAllDocuments(manifests)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** Leaves out what the API server would leave out, and the bookkeeping. */
function normalize(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => normalize(item));
  if (typeof value !== 'object' || value === null) return scalar(value, key);
  const kept = Object.entries(value)
    .filter(([name]) => !(key === 'labels' && bookkeeping.some((label) => label.test(name))))
    .map(([name, item]) => [name, normalize(item, isQuantities(key) ? 'quantity' : name)] as const)
    .filter(([, item]) => item !== null && item !== undefined && !isEmptyMap(item));
  return Object.fromEntries(kept);
}

function isQuantities(key: string): boolean {
  return key === 'requests' || key === 'limits';
}

/** A quantity may be written as a number. */
function scalar(value: unknown, key: string): unknown {
  return key === 'quantity' ? String(value) : value;
}

function isEmptyMap(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
