import { nestedForms } from './base64-forms';

const asItIs = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\s|\\[rn])*[\w+/]{16}/;
const inBase64 = nestedForms(Buffer.from('PRIVATE KEY-----'), 2).flat();

/**
 * Where a text has a private key in PEM, whosever it is: as it is, in base64, or in base64 of that, as in
 * the kubeconfig of a remote secret. Undefined where it has none.
 */
export function privateKeyMark(text: string): number | undefined {
  const offsets = [text.search(asItIs), ...inBase64.map((form) => text.indexOf(form))];
  const found = offsets.filter((offset) => offset >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}
