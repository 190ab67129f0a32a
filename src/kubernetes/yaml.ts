import {
  type DocumentOptions,
  type ScalarTag,
  type SchemaOptions,
  stringify,
  type Tags,
  type ToStringOptions,
} from 'yaml';
import { MeshError } from '../problems/problem';
import { needsQuotes, quoted } from './yaml-scalars';

/**
 * Data as YAML that parsers of YAML 1.1 and 1.2, such as those of kubectl and istiod, read as the same data:
 * strings such as `on` and `0o17` are in quotes.
 *
 * The output is that of {@link stringifyYaml}, whose document model takes ten times as long for the objects of a
 * mesh.
 *
 * @throws MeshError if a string cannot be in a Kubernetes object
 */
export function yamlText(data: unknown): string {
  const text = collectionText(data, '');
  return text === undefined ? stringifyYaml(data, objectOptions) : `${text.slice(1)}\n`;
}

/** Options for the layout of YAML. Those that decide how values are written are not among them. */
export type YamlLayout = Pick<
  DocumentOptions & ToStringOptions & { readonly aliasDuplicateObjects?: boolean },
  'aliasDuplicateObjects' | 'blockQuote' | 'indentSeq'
>;

/**
 * Data as YAML, like {@link yamlText}, in another layout.
 *
 * @throws MeshError if a string cannot be in a Kubernetes object
 */
export function stringifyYaml(data: unknown, layout: YamlLayout = {}): string {
  return stringify(data, { ...scalarOptions, lineWidth: 0, ...layout });
}

/** Kubernetes objects have the types of JSON, in which a date is a string. */
const jsonTypes = ['map', 'seq', 'str', 'null', 'bool', 'int', 'float'].map(
  (type) => `tag:yaml.org,2002:${type}`,
);

function tags(known: Tags): Tags {
  return known.flatMap((tag) => {
    if (typeof tag === 'string' || !jsonTypes.includes(tag.tag)) return [];
    return tag.tag === 'tag:yaml.org,2002:str' ? [withQuotes(tag as ScalarTag)] : [tag];
  });
}

/** The tag of strings, with quotes wherever a parser may read something else. */
function withQuotes(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify(item, ...context) {
      const value = String(item.value);
      if (needsQuotes(value)) return quoted(wellFormed(value));
      return tag.stringify?.(item, ...context) ?? quoted(value);
    },
  };
}

const scalarOptions: DocumentOptions & SchemaOptions = { version: '1.1', customTags: tags };

const objectOptions = { aliasDuplicateObjects: false } as const;

function wellFormed(value: string): string {
  if (!/\p{Surrogate}/u.test(value)) return value;
  throw new MeshError([
    {
      code: 'OUTPUT-INVALID',
      location: {},
      message: `The string ${JSON.stringify(value)} has one half of a surrogate pair, which UTF-8 cannot encode.`,
      hint: 'Remove the character, or write both halves.',
    },
  ]);
}
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
    const text = value.includes('\n') ? undefined : stringText(value);
    // The package writes some strings of one line, such as ---, on two.
    return text === undefined || text.includes('\n') ? nestedText(value, indent) : ` ${text}`;
  }
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return ` ${value}`;
  return collectionText(value, indent) ?? emptyText(value) ?? nestedText(value, indent);
}

function emptyText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : undefined;
  return isPlainObject(value) && Object.keys(value).length === 0 ? ' {}' : undefined;
}

/** The text of a value below a key, as the package writes it, with its other lines indented. */
function nestedText(value: unknown, indent: string): string {
  const text = typeof value === 'string' ? cached(blocks, value, textBelowKey) : textBelowKey(value);
  const [first = '', ...lines] = text.split('\n');
  return [first, ...lines.map((line) => (line === '' ? '' : indent.slice(2) + line))].join('\n');
}

function textBelowKey(value: unknown): string {
  return stringifyYaml({ k: value }, objectOptions).slice('k:'.length, -1);
}

/** A string as the package writes it, on one or more lines. */
function stringText(value: string): string {
  return isPlainString(value)
    ? value
    : cached(strings, value, (text) => stringifyYaml(text, objectOptions).slice(0, -1));
}

/** Whether a string needs no quotes for certain: all words with a meaning, such as false, are shorter. */
function isPlainString(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+=_./-]{5,}$/.test(value);
}

/** The texts of strings, because clusters share most of them. */
const strings = new Map<string, string>();
const blocks = new Map<string, string>();
const maxCached = 5000;

function cached(texts: Map<string, string>, value: string, write: (value: string) => string): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = write(value);
  if (texts.size >= maxCached) texts.clear();
  texts.set(value, text);
  return text;
}

/** YAML does not write a colon directly after keys that are very long or span several lines. */
function isSimpleKey(key: string): boolean {
  return key.length < 1000 && !stringText(key).includes('\n');
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
