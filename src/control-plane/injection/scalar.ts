/** A string between double quotes, as both Go and YAML read it. */
export function quoted(value: string): string {
  // What JSON leaves as it is although YAML refuses it or takes it for the end of a line.
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A scalar as YAML in a Go template, without quotes where YAML 1.1 reads the very same without them. */
export function scalarText(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes('{{')) return `{{ ${quoted(value)} | quote }}`;
  return plain.test(value) && !notStrings.test(value) ? value : quoted(value);
}

/** Nothing that means something else at its place, on a line of its own or between braces. */
const plain = /^(-{0,2}[A-Za-z/$][\w/$()=.*+@-]*)(:[\w/$()=.*+@-]+)*$/;

const notStrings = /^(true|false|yes|no|on|off|y|n|null)$/i;
