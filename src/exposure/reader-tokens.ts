import { readerServiceAccount } from '../mesh/istio-names';
import { nestedForms } from './base64-forms';
import { base64Runs, decodings } from './base64-runs';

const jwt = /eyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{20,}/g;
const subject = new RegExp(`^system:serviceaccount:[^:]+:${readerServiceAccount}$`);
/** The account in a token's payload, which is base64 already; and that in base64, once and twice more. */
const [inToken = [], inBase64 = [], inBase64OfThat = []] = nestedForms(Buffer.from(readerServiceAccount), 3);
const anywhere = [...inToken, ...inBase64, ...inBase64OfThat];

/**
 * Where a text has a token of the account that other clusters read a cluster with: as it is, in base64, or
 * in base64 of that. Undefined where it has none.
 */
export function readerToken(text: string): number | undefined {
  return anywhere.some((form) => text.includes(form)) || isBroken(text) ? find(text, 2) : undefined;
}

/** Line breaks may be within the name. */
function isBroken(text: string): boolean {
  for (const run of base64Runs(text, 200)) {
    if (anywhere.some((form) => run.text.includes(form))) return true;
  }
  return false;
}

function find(text: string, depth: number): number | undefined {
  for (const { 0: token, 1: payload = '', index } of text.matchAll(jwt)) {
    if (token !== '' && isReader(payload)) return index;
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
