/**
 * One step of the path of an overlay: a key of a map, or in brackets what identifies the item of a list.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export type OverlayStep =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly field: string; readonly value: string }
  | { readonly pattern: string };

/**
 * The steps of a path such as `spec.containers.[name:discovery].args.[-1]`. A dot within a key is written `\.`. Undefined
 * if a bracket is not closed, or holds nothing.
 */
export function overlaySteps(path: string): readonly OverlayStep[] | undefined {
  const steps = split(path, '.')
    .map((part) => part.replaceAll('\\.', '.'))
    .flatMap((part) => {
      const bracket = part.indexOf('[');
      return bracket > 0 ? [part.slice(0, bracket), part.slice(bracket)] : [part];
    })
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('[') ? itemStep(part) : { key: part }));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function itemStep(part: string): OverlayStep | undefined {
  const text = part.slice(1, -1);
  if (!part.endsWith(']') || text === '' || text === ':') return undefined;
  if (/^[+-]?\d+$/.test(text) && Number(text) >= -1) return { index: Number(text) };
  const [field = '', value = '', ...rest] = split(text, ':');
  if (field === '') return { pattern: text.slice(1) };
  return value === '' || rest.length > 0 || !/^[\w-]+$/.test(field) ? { pattern: text } : { field, value };
}

/** Splits a text at a character that has no backslash before it. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [''];
  let last = '';
  for (const character of text) {
    if (character === separator && last !== '\\') parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
    last = character;
  }
  return parts;
}
