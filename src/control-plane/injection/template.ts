import { type Condition, Expression } from './expression';

/**
 * A part of a template: YAML as data, with expressions for values that only istiod knows. Undefined entries
 * of maps and lists are omitted.
 */
export type Template =
  | string
  | number
  | boolean
  | null
  | Expression
  | Yaml
  | Conditional
  | Repetition
  | Shared
  | TemplateMap
  | TemplateList;

export interface TemplateMap {
  readonly [key: string]: Template | undefined;
}

export type TemplateList = readonly (Template | undefined)[];

/** A part that contains other parts. YAML can write it on several lines. */
export type Collection = TemplateMap | TemplateList;

/** An expression whose value is YAML on one line: a number, a boolean or JSON. */
export class Yaml {
  constructor(readonly expression: Expression) {}
}

/** Parts that depend on a condition. */
export class Conditional {
  constructor(
    readonly condition: Condition,
    readonly then: TemplateList,
    readonly otherwise: TemplateList,
  ) {}
}

/** Parts that are repeated for each element of a list or a map. */
export class Repetition {
  constructor(
    readonly elements: Expression,
    readonly parts: TemplateList,
  ) {}
}

/** A part that occurs several times in a template. */
export class Shared {
  constructor(
    readonly name: string,
    readonly part: Template,
  ) {}
}

/** An expression whose value is a number, a boolean or JSON. Other expressions are strings. */
export function yaml(expression: Expression): Yaml {
  return new Yaml(expression);
}

/** An entry of a map, or items of a list, that exist if the condition is true. */
export function when(condition: Condition, ...parts: TemplateList): Conditional {
  return new Conditional(condition, parts, []);
}

/** One of two parts, depending on a condition. */
export function choose(condition: Condition, then: Template, otherwise: Template): Conditional {
  return new Conditional(condition, [then], [otherwise]);
}

/**
 * Repeats items for each element of a list or map in istiod. Maps are sorted by key. In a repetition, Go
 * changes the meaning of the dot: use $.ObjectMeta for a field of the pod.
 */
export function each(
  elements: Expression,
  parts: (key: Expression, value: Expression) => TemplateList,
): Repetition {
  const key = new Expression('$key');
  const value = new Expression('$value');
  return new Repetition(elements, parts(key, value));
}

/**
 * A part that is written once, even if it is used several times. All uses must have the same depth, and none
 * can be in a repetition.
 *
 * @param name the name, unique within the template
 */
export function shared(name: string, part: Template): Shared {
  return new Shared(name, part);
}

/** The parts that are not undefined. */
export function present(parts: TemplateList): Template[] {
  return parts.filter((part) => part !== undefined);
}

export function isCollection(part: Template): part is Collection {
  const others = [Expression, Yaml, Conditional, Repetition, Shared];
  return typeof part === 'object' && part !== null && !others.some((other) => part instanceof other);
}

export function isList(part: Collection): part is TemplateList {
  return Array.isArray(part);
}

export function isEmptyCollection(part: Collection): boolean {
  return Object.keys(part).length === 0;
}
