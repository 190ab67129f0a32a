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

/** A string between double quotes, as both Go and YAML read it. */
export function quoted(value: string): string {
  // What JSON leaves as it is although YAML refuses it or takes it for the end of a line.
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A scalar as YAML in a Go template, without quotes where YAML 1.1 reads the very same without them. */
function scalarText(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes('{{')) return `{{ ${quoted(value)} | quote }}`;
  return plain.test(value) && !notStrings.test(value) ? value : quoted(value);
}

/** Nothing that means something else at its place, on a line of its own or between braces. */
const plain = /^(-{0,2}[A-Za-z/$][\w/$()=.*+@-]*)(:[\w/$()=.*+@-]+)*$/;

const notStrings = /^(true|false|yes|no|on|off|y|n|null)$/i;

/** What was found already: without it, every level of a template would go through all below it again. */
const known = new WeakMap<object, Condition>();

/**
 * When a part leaves something in the text of a template.
 *
 * A collection of which nothing is left would read as null, and null in a patch deletes. So it is there
 * only where something in it is.
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

/** A Go template that renders a description of Kubernetes objects, one or several, as YAML. */
export function templateText(...documents: TemplateList): string {
  const definitions = new Map<string, string>();
  const text = new TemplateText(definitions);
  const bodies = present(documents).map((document) => text.lines('', document, '').join('\n'));
  return [...definitions.values(), text.withVariables(bodies.join('\n---\n'))].join('\n');
}

/** What fits on a line is written on one. */
const lineWidth = 110;

class TemplateText {
  /** The actions that set the variables which the lines so far read. */
  private readonly variables = new Map<string, string>();
  /** What {@link line} found: each collection asks again for all that is in it. */
  private readonly knownLines = new Map<Template, string | undefined>();
  /** The conditions that hold where the next line stands. */
  private assumed: readonly string[] = [];

  /** @param definitions the shared parts by name */
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

  /** A part on one line; undefined where that depends on a condition or a repetition. */
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
    // An action takes the line's end before it away, so that it cannot stand after the dash.
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

  /** Variables do not reach into a definition, so that each sets its own. */
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
