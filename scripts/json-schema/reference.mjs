import { interfacesIn } from './interfaces.mjs';

const marker =
  '<!-- Written by "npm run docs" from the definition in src/mesh. Do not edit below this line. -->\n';

/** A page with the reference of a schema in place of everything below the marker. */
export function withReference(page, schema, definitionSource) {
  const [head, rest] = page.split(marker);
  if (rest === undefined) throw new Error(`The page lacks the line ${marker}`);
  const reference = new Reference(schema, interfacesIn(definitionSource));
  return `${head}${marker}\n${reference.sections().join('\n')}`;
}

/** A section of Markdown for each interface of a mesh definition, with a row for each of its keys. */
class Reference {
  constructor(schema, interfaces) {
    this.schema = schema;
    this.interfaces = interfaces;
    /** The titles of the sections, by the names of their interfaces. */
    this.titles = new Map();
    /** The title of the first section with a key, by the key and the interface that declares it. */
    this.origins = new Map();
  }

  sections() {
    return this.sectionsOf(this.schema, 'MeshDefinition', '');
  }

  /** The section of a map, and after it those of the maps within it that have none yet. */
  sectionsOf(map, interfaceName, path) {
    const { text, see, members } = this.interfaces.get(interfaceName);
    this.titles.set(interfaceName, path);
    const inner = [];
    const rows = Object.entries(map.properties).map(([key, property]) => {
      const member = members.get(key);
      const within = interfaceName === leaf ? undefined : this.mapWithin(property);
      if (within !== undefined && !this.titles.has(member.typeName)) {
        const name = `${key}${isList(property) ? '[]' : isByName(property) ? '.<name>' : ''}`;
        const innerPath = path === '' ? name : `${path}.${name}`;
        inner.push(...this.sectionsOf(within, member.typeName, innerPath));
      }
      const type = within === undefined ? typeOf(property) : this.linked(typeOf(property), member);
      const isRequired = map.required?.includes(key);
      const given = isRequired
        ? 'required'
        : (this.inherited(key, member, path) ?? defaultOf(property, member));
      return row(`\`${key}\``, type, given, member.text);
    });
    const intro = see === undefined ? text : `${text} See <${see}>.`;
    const head = [row('Key', 'Type', 'Default', 'Description'), row('---', '---', '---', '---')];
    const title = path === '' ? 'Top-level keys' : `\`${path}\``;
    return [`## ${title}\n\n${intro}\n\n${[...head, ...rows].join('\n')}\n`, ...inner];
  }

  /** What a key is by default that an earlier section has too: what overrides settings falls back on them. */
  inherited(key, { declaredIn }, path) {
    const id = `${declaredIn}.${key}`;
    if (!this.origins.has(id)) this.origins.set(id, path);
    const origin = this.origins.get(id);
    return origin === path ? undefined : `as in [\`${origin}\`](#${anchorOf(origin)})`;
  }

  linked(type, { typeName }) {
    return type.replace(/\bmaps?\b(?! of)/, (word) => `[${word}](#${anchorOf(this.titles.get(typeName))})`);
  }

  /** The map of known keys that a value is, holds, or may be. */
  mapWithin(schema) {
    const { items, additionalProperties: entry, anyOf = [], allOf = [] } = withoutNull(schema);
    const members = [...anyOf, ...allOf, ...(items?.anyOf ?? []), ...(entry?.anyOf ?? [])];
    return [withoutNull(schema), items, entry, ...members]
      .map((part) => (part?.$ref ? this.schema.definitions[part.$ref.replace('#/definitions/', '')] : part))
      .find((part) => Object.keys(part?.properties ?? {}).length > 0);
  }
}

/** Null unsets a default, and is no type of its own. */
function withoutNull(schema) {
  const members = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return members.length === 1 ? members[0] : schema;
}

/** Whether a schema is that of a list. */
function isList({ items, anyOf = [] }) {
  return items !== undefined || anyOf.some((part) => part.items !== undefined);
}

/** Whether a schema is that of maps by name. */
function isByName({ additionalProperties: entry }) {
  return [entry, ...(entry?.anyOf ?? [])].some((part) => part?.properties !== undefined);
}

/** Below its keys, Istio's own reference says more. */
const leaf = 'IstioValues';

function anchorOf(title) {
  return title.toLowerCase().replace(/[^\w-]/g, '');
}

function row(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultOf({ default: value }, { defaultText = '' }) {
  const isText = / /.test(defaultText) || ['', 'none', 'nothing', 'everyone'].includes(defaultText);
  return value === undefined && isText ? defaultText : `\`${defaultText}\``;
}

/** Null and an empty text, as Helm takes them for no value, are no types of their own. */
function typesOf(schemas) {
  return [...new Set(schemas.filter((schema) => schema.type !== 'null' && schema.const !== '').map(typeOf))];
}

function typeOf(schema) {
  if (schema.enum)
    return schema.enum
      .filter((word) => word !== '')
      .map((word) => `\`${word}\``)
      .join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.anyOf) return typesOf(schema.anyOf).join(' or ');
  if (Array.isArray(schema.type))
    return typesOf(schema.type.map((type) => ({ ...schema, type }))).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}s`;
  if (schema.type === 'integer') return `integer, ${schema.minimum} to ${schema.maximum}`;
  if (['string', 'number', 'boolean'].includes(schema.type)) return schema.type;
  if (isByName(schema)) return 'map by name';
  return schema.additionalProperties?.type === 'string' ? 'map of strings' : 'map';
}
