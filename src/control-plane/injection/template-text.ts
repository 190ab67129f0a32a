import { isAmbiguousWord, quoted } from '../../kubernetes/yaml-scalars';
import { all, any, type Condition, Expression, not } from './expression';
import {
  type Collection,
  Conditional,
  isCollection,
  isEmptyCollection,
  isList,
  present,
  Repetition,
  Shared,
  type Template,
  type TemplateList,
  Yaml,
} from './template';

/** A scalar as YAML in a Go template, without quotes if YAML 1.1 then reads the same value. */
function scalarText(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes('{{')) return `{{ ${quoted(value)} | quote }}`;
  return plain.test(value) && !isAmbiguousWord(value) ? value : quoted(value);
}

/** Text without characters that have a special meaning in YAML, in block or in flow style. */
const plain = /^(-{0,2}[A-Za-z/$][\w/$()=.*+@-]*)(:[\w/$()=.*+@-]+)*$/;

/** Without this cache, each level of a template would evaluate all levels below it again. */
const known = new WeakMap<object, Condition>();

/**
 * The condition under which a part renders text.
 *
 * A collection without rendered entries would read as null, and a null in a patch deletes the field. So a
 * collection is rendered only if one of its entries is.
 */
function presence(part: Template): Condition {
  if (typeof part !== 'object' || part === null) return true;
  const found = known.get(part) ?? presenceOf(part);
  known.set(part, found);
  return found;
}

function presenceOf(part: object & Template): Condition {
  if (part instanceof Repetition) return part.elements;
  if (part instanceof Shared) return presence(part.part);
  if (part instanceof Conditional) {
    return any(
      all(part.condition, presenceOfAny(part.then)),
      all(not(part.condition), presenceOfAny(part.otherwise)),
    );
  }
  return !isCollection(part) || isEmptyCollection(part) || presenceOfAny(Object.values(part));
}

function presenceOfAny(parts: TemplateList): Condition {
  return any(...present(parts).map(presence));
}

/** A Go template that renders one or more Kubernetes objects as YAML. */
export function templateText(...documents: TemplateList): string {
  const definitions = new Map<string, string>();
  const text = new TemplateText(definitions);
  const bodies = present(documents).map((document) => text.lines('', document, '').join('\n'));
  return [...definitions.values(), text.withVariables(bodies.join('\n---\n'))].join('\n');
}

/** A part that fits within this width is written on one line. */
const lineWidth = 110;

class TemplateText {
  /** The actions that set the variables that the lines so far use. */
  private readonly variables = new Map<string, string>();
  /** Caches {@link line}, because each collection calls it again for all parts inside. */
  private readonly knownLines = new Map<Template, string | undefined>();
  /** The conditions that are true at the next line. */
  private assumed: readonly string[] = [];

  /** @param definitions the shared parts, by name */
  constructor(private readonly definitions: Map<string, string>) {}

  withVariables(text: string): string {
    return [...this.variables.values(), text].join('\n');
  }

  /** The lines of a part after its label: the key of an entry, the dash of an item, or '' for a document. */
  lines(label: string, part: Template, indent: string): string[] {
    const each = (parts: TemplateList) => present(parts).flatMap((inner) => this.lines(label, inner, indent));
    if (part instanceof Conditional) {
      return this.conditional(
        part.condition,
        () => each(part.then),
        () => each(part.otherwise),
      );
    }
    if (part instanceof Repetition) {
      const range = `{{- range $key, $value := ${this.pipeline(part.elements)} }}`;
      return [range, ...this.assuming([], () => each(part.parts)), '{{- end }}'];
    }
    if (part instanceof Shared) return [this.reference(label, part, indent)];
    return this.conditional(presence(part), () => {
      const line = this.line(part);
      const start = label === '' ? indent : `${indent}${label} `;
      const fits = line !== undefined && label !== '' && start.length + line.length <= lineWidth;
      return isCollection(part) && !fits ? this.collection(label, part, indent) : [`${start}${line}`];
    });
  }

  /** A part on one line; undefined if it contains a condition, a repetition or a shared part. */
  private line(part: Template): string | undefined {
    if (!isCollection(part)) return this.newLine(part);
    if (!this.knownLines.has(part)) this.knownLines.set(part, this.newLine(part));
    return this.knownLines.get(part);
  }

  private newLine(part: Template): string | undefined {
    if (part instanceof Conditional || part instanceof Repetition || part instanceof Shared) return undefined;
    if (part instanceof Expression) return `{{ ${this.pipeline(part)} | quote }}`;
    if (part instanceof Yaml) return `{{ ${this.pipeline(part.expression)} }}`;
    if (!isCollection(part)) return scalarText(part);
    const children = labelled(part).map(([label, child]) => [label, this.line(child)] as const);
    if (children.some(([, line]) => line === undefined)) return undefined;
    if (isList(part)) return `[${children.map(([, line]) => line).join(', ')}]`;
    return isEmptyCollection(part) ? '{}' : `{ ${children.map((child) => child.join(' ')).join(', ')} }`;
  }

  private collection(label: string, part: Collection, indent: string): string[] {
    const depth = label === '' || (isList(part) && label !== '-') ? indent : `${indent}  `;
    const body = labelled(part).flatMap(([key, child]) => this.lines(key, child, depth));
    if (label === '') return body;
    const [first = '', ...rest] = body;
    // An action trims the line break before it, so it cannot follow the dash.
    const follows = label === '-' && !first.startsWith('{{-');
    return follows ? [`${indent}- ${first.trimStart()}`, ...rest] : [`${indent}${label}`, ...body];
  }

  private conditional(
    condition: Condition,
    then: () => string[],
    otherwise: () => string[] = () => [],
  ): string[] {
    if (typeof condition === 'boolean') return condition ? then() : otherwise();
    if (this.assumed.includes(condition.go)) return then();
    const assumed = [...this.assumed, condition.go];
    const lines = [`{{- if ${this.pipeline(condition)} }}`, ...this.assuming(assumed, then)];
    const alternative = otherwise();
    if (alternative.length > 0) lines.push('{{- else }}', ...alternative);
    return [...lines, '{{- end }}'];
  }

  private assuming(conditions: readonly string[], then: () => string[]): string[] {
    const { assumed } = this;
    this.assumed = conditions;
    const lines = then();
    this.assumed = assumed;
    return lines;
  }

  /** A definition cannot read variables from outside, so each definition sets its own. */
  private reference(label: string, { name, part }: Shared, indent: string): string {
    if (!this.definitions.has(name)) {
      const text = new TemplateText(this.definitions);
      const body = text.lines(label, part, indent).join('\n');
      this.definitions.set(
        name,
        `{{- define ${quoted(name)} }}${text.withVariables(`\n${body}`)}\n{{- end }}`,
      );
    }
    return `{{- template ${quoted(name)} . }}`;
  }

  private pipeline(expression: Expression): string {
    for (const [name, actions] of expression.variables) this.variables.set(name, actions);
    return expression.go;
  }
}

function labelled(part: Collection): [label: string, child: Template][] {
  const children: [string, Template | undefined][] = isList(part)
    ? part.map((item) => ['-', item])
    : Object.entries(part).map(([key, value]) => [`${scalarText(key)}:`, value]);
  return children.filter(
    (child): child is [string, Template] => child[1] !== undefined && presence(child[1]) !== false,
  );
}
