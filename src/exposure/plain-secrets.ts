import { isMap, isScalar, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { caCertsSecretName, multiClusterLabels } from '../mesh/istio-names';
import type { SecretKind } from './known-secret';

/** A Secret of the mesh with its data in plain text. */
export interface PlainSecret {
  readonly kind: SecretKind;
  readonly name: string;
  /** The line of its data, from 1. */
  readonly line: number;
}

const [multiCluster] = Object.keys(multiClusterLabels) as [string];
const isCandidate = (text: string): boolean =>
  /\bkind\b["']?\s*:\s*["']?(?:Secret|List)\b/.test(text) &&
  (text.includes(caCertsSecretName) || text.includes(multiCluster));

/** The Secrets of a YAML or JSON text that are cacerts or remote secrets, have data, and are not encrypted by SOPS. */
export function plainSecrets(text: string): PlainSecret[] {
  if (!isCandidate(text)) return [];
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents
    .flatMap(({ contents }) => objectsOf(contents))
    .flatMap((object) => {
      const secret = plainSecret(object);
      if (secret === undefined) return [];
      const { kind, name, data } = secret;
      return [{ kind, name, line: lines.linePos(data.range?.[0] ?? 0).line }];
    });
}

function objectsOf(contents: unknown): YAMLMap[] {
  if (!isMap(contents)) return [];
  const items = contents.get('items');
  if (contents.get('kind') !== 'List' || !isSequence(items)) return [contents];
  return items.items.filter(isMap);
}

function isSequence(node: unknown): node is { readonly items: readonly unknown[] } {
  return Array.isArray((node as { items?: unknown } | undefined)?.items);
}

function plainSecret(object: YAMLMap) {
  if (object.get('kind') !== 'Secret' || object.has('sops')) return undefined;
  const data = ['data', 'stringData'].map((key) => object.get(key, true)).find(hasContent);
  const kind = kindOf(object);
  if (data === undefined || kind === undefined) return undefined;
  return { kind, name: String(object.getIn(['metadata', 'name'])), data };
}

/** A private key in PEM, or a kubeconfig, is longer: what is shorter only stands for one, as in an example. */
const shortest = 100;

function hasContent(node: unknown): node is YAMLMap {
  const isLong = (value: unknown): boolean => !isScalar(value) || String(value.value).length >= shortest;
  return isMap(node) && node.items.some(({ value }) => isLong(value));
}

function kindOf(object: YAMLMap): SecretKind | undefined {
  if (object.getIn(['metadata', 'name']) === caCertsSecretName) return 'cacerts';
  return object.getIn(['metadata', 'labels', multiCluster]) === undefined ? undefined : 'remoteSecrets';
}
