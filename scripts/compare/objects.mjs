// Kubernetes objects as a comparison sees them: in the one form in which equal ones are equal.
import { parse, parseAllDocuments } from 'yaml';

/** The objects of a YAML text. */
export function parseObjects(manifests) {
  return parseAllDocuments(manifests)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** The objects of a YAML text but for its CustomResourceDefinitions, a megabyte that is not even parsed. */
export function parseObjectsWithoutCrds(manifests) {
  const documents = manifests.split(/^---$/m);
  return documents
    .filter((document) => !/^kind: CustomResourceDefinition$/m.test(document))
    .map((document) => parse(document))
    .filter((object) => object !== null);
}

/** Objects without descriptions; a property that has this name stays. */
export function withoutProse(objects) {
  const isProse = (key, value) => key === 'description' && typeof value === 'string';
  return JSON.parse(JSON.stringify(objects), (key, value) => (isProse(key, value) ? undefined : value));
}

/** Objects by kind, namespace and name, without what makes no difference. */
export function canonical(objects) {
  const entries = objects.map((object) => {
    const { kind, metadata } = object;
    const unordered = workloads.has(kind)
      ? unorderedPermissions
      : { ...unorderedPermissions, ...unorderedInPods };
    return [
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
      normalize(withParsedTexts(object), '', unordered),
    ];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Labels by which Helm and the operator keep their books; nothing in Istio selects by them. */
const bookkeeping = [
  /^app\.kubernetes\.io\//,
  /^helm\.sh\//,
  /^(install\.)?operator\.istio\.io\//,
  /^(chart|heritage|release)$/,
];

/** Kubernetes replaces their pods when only the order of a list in the template changes. */
const workloads = new Set(['Deployment', 'DaemonSet']);

/** Lists whose order means nothing, with what tells their items apart. */
const unorderedPermissions = { apiGroups: String, resources: String, verbs: String };

/** Lists whose order means nothing to a pod that is created anyway. */
const unorderedInPods = {
  volumes: ({ name }) => name,
  volumeMounts: ({ mountPath }) => mountPath,
  // Where none refers to another one.
  env: ({ name, value = '' }) => (String(value).includes('$(') ? undefined : name),
};

/** Leaves out what the API server would leave out, and the bookkeeping. */
function normalize(value, key, unordered) {
  if (Array.isArray(value)) {
    return inOrder(value, unordered[key]).map((item) => normalize(item, `item of ${key}`, unordered));
  }
  if (typeof value !== 'object' || value === null) return scalar(value, key);
  const kept = Object.entries(value)
    .filter(([name]) => !(key === 'labels' && bookkeeping.some((label) => label.test(name))))
    .filter(([name, item]) => !isDefault(key, name, item))
    .map(([name, item]) => [name, normalize(item, isQuantities(key) ? 'quantity' : name, unordered)])
    .filter(([, item]) => item !== null && item !== undefined && !isEmptyMap(item));
  return Object.fromEntries(kept);
}

/** What the API server makes of a field that is not there. */
function isDefault(key, name, value) {
  if (key === 'fieldRef') return name === 'apiVersion' && value === 'v1';
  if (key === 'strategy') return name === 'type' && value === 'RollingUpdate';
  // Of webhooks and policies, whose rules are for resources.
  if (key === 'item of rules' || key === 'item of resourceRules') return name === 'scope' && value === '*';
  // The form in which the API server stores an empty variable.
  if (key === 'item of env') return name === 'value' && value === '';
  // Of a NetworkPolicy: no sources in particular are all sources.
  return name === 'from' && Array.isArray(value) && value.length === 0;
}

function inOrder(items, identity = () => undefined) {
  if (items.some((item) => identity(item) === undefined)) return items;
  return [...items].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

function isQuantities(key) {
  return key === 'requests' || key === 'limits';
}

/** A quantity has several forms; the API server stores only one of them. */
function scalar(value, key) {
  return key === 'quantity' ? amountOf(String(value)) : value;
}

const factors = { m: 1e-3, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

function amountOf(quantity) {
  const [, number, suffix] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity) ?? [];
  const factor = suffix === '' ? 1 : factors[suffix];
  return factor === undefined ? quantity : Number((Number(number) * factor).toPrecision(12));
}

function isEmptyMap(value) {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

/** Texts in ConfigMaps that are YAML or JSON count by what they say, and not by how they are laid out. */
function withParsedTexts(object) {
  if (object.kind !== 'ConfigMap') return object;
  const data = Object.entries(object.data ?? {}).map(([key, text]) => [key, parsedText(key, text)]);
  return { ...object, data: Object.fromEntries(data) };
}

function parsedText(key, text) {
  if (key.endsWith('.pem')) return text;
  const data = parse(text, { version: '1.1' });
  return key === 'config' ? withoutTemplateTexts(data) : data;
}

/** Here counts which injection templates there are; what they say counts by the pods that come out of them. */
function withoutTemplateTexts({ template: _, templates, ...config }) {
  return { ...config, templates: Object.keys(templates ?? {}).sort() };
}
