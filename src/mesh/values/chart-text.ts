import { parseDocument } from 'yaml';

/**
 * The text that a variable has after Istio's charts have written it into YAML between double quotes: `\"` is a quote,
 * and a line break a space. A text that cannot stand there, because of a quote of its own for example, stays as it
 * is: the charts would break.
 */
export function textBetweenQuotes(text: string): string {
  if (!/["\\\r\n]/.test(text) || escapesClosingQuote.test(text)) return text;
  const document = parseDocument(`"${text}"`, { logLevel: 'silent' });
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  return typeof value === 'string' ? value : text;
}

const escapesClosingQuote = /(?<!\\)(\\\\)*\\$/;
