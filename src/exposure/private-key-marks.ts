import { nestedForms } from './base64-forms';

const marks = ['PRIVATE KEY-----', ...nestedForms(Buffer.from('PRIVATE KEY-----'), 2).flat()];

/**
 * Where a text has a private key in PEM, whosever it is: as it is, in base64, or in base64 of that, as in
 * the kubeconfig of a remote secret. Undefined where it has none.
 */
export function privateKeyMark(text: string): number | undefined {
  const offsets = marks.map((mark) => text.indexOf(mark)).filter((offset) => offset >= 0);
  return offsets.length === 0 ? undefined : Math.min(...offsets);
}
