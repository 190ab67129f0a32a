import { stringify } from 'yaml';

/**
 * Data as YAML for parsers of YAML 1.1, such as istiod: strings such as `yes` and `on` are quoted.
 *
 * The output is identical to that of the package `yaml`, which formats all scalars that may need quotes. Its
 * document model takes ten times as long for the objects of a mesh.
 */
export function yamlText(data: unknown): string {
  const text = collectionText(data, '');
  return text === undefined ? stringify(data, options) : `${text.slice(1)}\n`;
}

const options = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

/** The lines of a collection, each after a line break; undefined if the package must write the value. */
function collectionText(value: unknown, indent: string): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : sequenceText(value, indent);
  if (!isPlainObject(value)) return undefined;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return entries.length > 0 && entries.every(([key]) => isSimpleKey(key))
    ? mappingText(entries, indent)
    : undefined;
}

function mappingText(entries: readonly (readonly [string, unknown])[], indent: string): string {
  let text = '';
  for (const [key, value] of entries)
    text += `\n${indent}${stringText(key)}:${valueText(value, `${indent}  `)}`;
  return text;
}

function sequenceText(items: readonly unknown[], indent: string): string {
  const itemIndent = `${indent}  `;
  let text = '';
  for (const item of items) {
    const child = valueText(item ?? null, itemIndent);
    // The first line of a collection is on the line of the dash.
    text += `\n${indent}-${child.startsWith('\n') ? ` ${child.slice(itemIndent.length + 1)}` : child}`;
  }
  return text;
}

/** The text of a value after a colon or a dash. */
function valueText(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    const text = stringText(value);
    return text.includes('\n') ? nestedText(value, indent) : ` ${text}`;
  }
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return ` ${value}`;
  return collectionText(value, indent) ?? nestedText(value, indent);
}

/** The text of a value below a key, as the package writes it, with its other lines indented. */
function nestedText(value: unknown, indent: string): string {
  const [first = '', ...lines] = stringify({ k: value }, options).slice('k:'.length, -1).split('\n');
  return [first, ...lines.map((line) => (line === '' ? '' : indent.slice(2) + line))].join('\n');
}

const strings = new Map<string, string>();

/** A string as the package writes it, on one or more lines. Cached, because clusters share most strings. */
function stringText(value: string): string {
  const known = strings.get(value);
  if (known !== undefined) return known;
  const text = stringify(value, options).slice(0, -1);
  if (strings.size >= maxStrings) strings.clear();
  strings.set(value, text);
  return text;
}

const maxStrings = 5000;

/** YAML does not write a colon directly after keys that are very long or span several lines. */
function isSimpleKey(key: string): boolean {
  return key.length < 1000 && !stringText(key).includes('\n');
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
