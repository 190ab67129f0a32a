import { isMap, isScalar, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { caCertsSecretName, multiClusterLabels, readerServiceAccount } from '../../mesh/istio-names';
import { base64Runs, decodings, nestedForms } from './base64';
import type { SecretKind } from './known-secrets';

const asItIs = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\s|\\[rn])*[\w+/]{16}/;
const labelInBase64 = nestedForms(Buffer.from('PRIVATE KEY-----'), 2).flat();

/**
 * The offset of any private key in PEM, of base64 of one, or of base64 of base64, as in the kubeconfig of a
 * remote secret; undefined for a text without a private key.
 */
export function privateKeyMark(text: string): number | undefined {
  const offsets = [text.search(asItIs), ...labelInBase64.map((form) => text.indexOf(form))];
  const found = offsets.filter((offset) => offset >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** It begins at a dot, of which each part of a token has one: with a part, the search would take quadratic time. */
const payloadAndSignature = /\.(eyJ[\w-]{10,})\.[\w-]{20,}/g;
const header = /eyJ[\w-]{10,}$/;
/** A header names the algorithm and the key. */
const longestHeader = 4096;
const subject = new RegExp(`^system:serviceaccount:[^:]+:${readerServiceAccount}$`);
/** The account in the payload of a token, which is base64, and that payload in base64 once and twice more. */
const [inToken = [], inBase64 = [], inBase64OfThat = []] = nestedForms(Buffer.from(readerServiceAccount), 3);
const anywhere = [...inToken, ...inBase64, ...inBase64OfThat];

/**
 * The offset of a token of the account with which other clusters read a cluster, of base64 of one, or of base64
 * of base64; undefined for a text without such a token.
 */
export function readerToken(text: string): number | undefined {
  return anywhere.some((form) => text.includes(form)) || isBroken(text) ? find(text, 2) : undefined;
}

/** Whether the name of the account is interrupted by a line break. */
function isBroken(text: string): boolean {
  for (const run of base64Runs(text, 200)) {
    if (anywhere.some((form) => run.text.includes(form))) return true;
  }
  return false;
}

function find(text: string, depth: number): number | undefined {
  for (const { 1: payload = '', index } of text.matchAll(payloadAndSignature)) {
    if (!isReader(payload)) continue;
    const start = Math.max(0, index - longestHeader);
    const found = text.slice(start, index).search(header);
    if (found >= 0) return start + found;
  }
  if (depth === 0) return undefined;
  for (const run of base64Runs(text, 200)) {
    if (decodings(run.text).some((inner) => find(inner, depth - 1) !== undefined)) return run.offsetOf(0);
  }
  return undefined;
}

function isReader(payload: string): boolean {
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof sub === 'string' && subject.test(sub);
  } catch {
    return false;
  }
}

/** A Secret of the mesh with data in plain text. */
export interface PlainTextSecret {
  readonly kind: SecretKind;
  readonly name: string;
  /** The line of the data, from 1. */
  readonly line: number;
}

const [multiCluster] = Object.keys(multiClusterLabels) as [string];
const isCandidate = (text: string): boolean =>
  /\bkind\b["']?\s*:\s*["']?(?:Secret|List)\b/.test(text) &&
  (text.includes(caCertsSecretName) || text.includes(multiCluster));

/** Finds the Secrets cacerts and remote secrets with data in a YAML or JSON text, except those that SOPS encrypted. */
export function findPlainTextSecrets(text: string): PlainTextSecret[] {
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

/** The minimum length of a real value. A private key in PEM or a kubeconfig is longer; a placeholder is shorter. */
const shortest = 100;

function hasContent(node: unknown): node is YAMLMap {
  const isLong = (value: unknown): boolean => !isScalar(value) || String(value.value).length >= shortest;
  return isMap(node) && node.items.some(({ value }) => isLong(value));
}

function kindOf(object: YAMLMap): SecretKind | undefined {
  if (object.getIn(['metadata', 'name']) === caCertsSecretName) return 'cacerts';
  return object.getIn(['metadata', 'labels', multiCluster]) === undefined ? undefined : 'remoteSecrets';
}
