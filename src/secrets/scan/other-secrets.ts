import { createPrivateKey } from 'node:crypto';
import { base64Runs, decodings, nestedForms } from './base64';

/** A secret that is recognized by its structure. */
export interface StructuralSecret {
  readonly offset: number;
  /** What it is, such as `an age secret key`. */
  readonly name: string;
}

const agePattern = /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/i;
const sealingLabel = 'sealedsecrets.bitnami.com/sealed-secrets-key';
/** The key of a sealing key's Secret, with a value that is no placeholder. */
const sealingKey = /\btls\.key\b["']?\s*:\s*["']?[\w+/]{100}/;
const kubeconfigKey = /\bclient-key-data\b["']?\s*:\s*["']?[\w+/]{100}/;

/** Finds secrets that no output of a mesh contains: age secret keys, sealing keys, and keys of administrators. */
export function findForeignSecrets(text: string): StructuralSecret[] {
  const found: StructuralSecret[] = [];
  const add = (pattern: RegExp, name: string): void => {
    const offset = text.search(pattern);
    if (offset >= 0) found.push({ offset, name });
  };
  if (/AGE-SECRET-KEY-/i.test(text)) add(agePattern, 'an age secret key');
  if (text.includes(sealingLabel)) add(sealingKey, 'the private key of a Sealed Secrets controller');
  if (text.includes('client-key-data')) add(kubeconfigKey, 'the client key of a kubeconfig');
  return found;
}

const pem =
  /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\w+/=\s\\"',|]{100,8000}-----END (?:RSA |EC )?PRIVATE KEY-----/g;
/** What `openssl rsa -text` and `openssl ec -text` print. */
const printedKey =
  /\b(?:privateExponent|priv):\s{0,8}\n(?:[ \t]{1,16}(?:[0-9a-f]{2}:){7,}(?:[0-9a-f]{2})?\n){2}/i;
const pemInBase64 = nestedForms(Buffer.from('PRIVATE KEY-----'), 2).flat();

/**
 * The offset of a private key that can sign certificates, under any name and in text, base64 or base64 of base64;
 * undefined for other keys and for texts about keys.
 */
export function signingKey(text: string, depth = 2): number | undefined {
  for (const { 0: block, index } of text.matchAll(pem)) if (canSign(block)) return index;
  const printed = text.search(printedKey);
  if (printed >= 0) return printed;
  if (depth === 0) return undefined;
  for (const run of base64Runs(text, 100)) {
    if (!pemInBase64.some((form) => run.text.includes(form))) continue;
    if (decodings(run.text).some((inner) => signingKey(inner, depth - 1) !== undefined))
      return run.offsetOf(0);
  }
  return undefined;
}

/** The private key in DER that is the whole of a file. */
export function isSigningKeyInDer(content: Buffer): boolean {
  if (content[0] !== 0x30 || content.length < 100 || content.length > 8000) return false;
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      return isSigningType(createPrivateKey({ key: content, format: 'der', type }).asymmetricKeyType);
    } catch {
      return false;
    }
  });
}

/** Whether the text of a PEM block, also indented or in JSON, is a key of a kind that CA certificates have. */
function canSign(block: string): boolean {
  const lines = block
    .replace(/\\[rn]/g, '\n')
    .replace(/["',|]/g, '')
    .split(/\s*\n\s*/)
    .join('\n');
  try {
    return isSigningType(createPrivateKey(lines).asymmetricKeyType);
  } catch {
    return false;
  }
}

function isSigningType(type: string | undefined): boolean {
  return type === 'rsa' || type === 'ec';
}
