import { all, any, type Condition, Expression, not } from './expression';
import { scalarText } from './scalar';
import {
  Conditional,
  Repetition,
  type Template,
  type TemplateList,
  type TemplateMap,
  Yaml,
} from './template';

/** A Go template that renders a description of Kubernetes objects, one or several, as YAML. */
export function templateText(...documents: TemplateList): string {
  const text = new TemplateText();
  const bodies = present(documents).map((document) => text.lines('', document).join('\n'));
  return [...text.variables.values(), bodies.join('\n---\n')].join('\n');
}

class TemplateText {
  /** The actions that set the variables which the lines so far read. */
  readonly variables = new Map<string, string>();

  /** The lines of a part after its label: the key of an entry, the dash of an item, or '' for a document. */
  lines(label: string, part: Template): string[] {
    if (part instanceof Conditional) {
      return this.conditional(
        part.condition,
        () => this.each(label, part.then),
        () => this.each(label, part.otherwise),
      );
    }
    if (part instanceof Repetition) {
      const range = `{{- range $key, $value := ${this.pipeline(part.elements)} }}`;
      return [range, ...this.each(label, part.parts), '{{- end }}'];
    }
    if (isCollection(part) && !isEmpty(part)) {
      // A collection of which nothing is left would read as null, and null in a patch deletes.
      return this.conditional(presence(part), () => nested(label, this.body(part), isList(part)));
    }
    return [label === '' ? this.value(part) : `${label} ${this.value(part)}`];
  }

  private each(label: string, parts: TemplateList): string[] {
    return present(parts).flatMap((part) => this.lines(label, part));
  }

  private body(part: TemplateMap | TemplateList): string[] {
    if (isList(part)) return this.each('-', part);
    return Object.entries(part).flatMap(([key, value]) => this.each(`${scalarText(key)}:`, [value]));
  }

  private conditional(
    condition: Condition,
    then: () => string[],
    otherwise: () => string[] = () => [],
  ): string[] {
    if (typeof condition === 'boolean') return condition ? then() : otherwise();
    const lines = [`{{- if ${this.pipeline(condition)} }}`, ...then()];
    const alternative = otherwise();
    if (alternative.length > 0) lines.push('{{- else }}', ...alternative);
    return [...lines, '{{- end }}'];
  }

  private value(part: Exclude<Template, Conditional | Repetition>): string {
    if (part instanceof Expression) return `{{ ${this.pipeline(part)} | quote }}`;
    if (part instanceof Yaml) return `{{ ${this.pipeline(part.expression)} }}`;
    if (isCollection(part)) return isList(part) ? '[]' : '{}';
    return scalarText(part);
  }

  private pipeline(expression: Expression): string {
    for (const [name, actions] of expression.variables) this.variables.set(name, actions);
    return expression.go;
  }
}

/** When a part leaves something in the text. */
function presence(part: Template): Condition {
  if (part instanceof Repetition) return part.elements;
  if (part instanceof Conditional) {
    return any(
      all(part.condition, anyPresence(part.then)),
      all(not(part.condition), anyPresence(part.otherwise)),
    );
  }
  return !isCollection(part) || isEmpty(part) || anyPresence(Object.values(part));
}

function anyPresence(parts: TemplateList): Condition {
  return any(...present(parts).map(presence));
}

function nested(label: string, body: readonly string[], list: boolean): string[] {
  const [first = '', ...rest] = body;
  if (label === '') return [...body];
  if (label !== '-') return [label, ...(list ? body : indented(body))];
  // An action takes the line's end before it away, so that it cannot stand after the dash.
  return first.startsWith('{{-') ? ['-', ...indented(body)] : [`- ${first}`, ...indented(rest)];
}

function indented(body: readonly string[]): string[] {
  return body.map((line) => `  ${line}`);
}

function present(parts: TemplateList): Template[] {
  return parts.filter((part) => part !== undefined);
}

function isCollection(part: Template): part is TemplateMap | TemplateList {
  return typeof part === 'object' && part !== null && !(part instanceof Expression || part instanceof Yaml);
}

function isList(part: TemplateMap | TemplateList): part is TemplateList {
  return Array.isArray(part);
}

function isEmpty(part: TemplateMap | TemplateList): boolean {
  return Object.keys(part).length === 0;
}
