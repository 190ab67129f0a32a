import { type Condition, Expression } from './expression';

/**
 * Part of a description of Kubernetes objects: YAML as data, in which istiod's expressions stand for
 * what is not known yet. An entry of a map or a list that is undefined is left out.
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

/** A part that has further parts, and that YAML can write on several lines. */
export type Collection = TemplateMap | TemplateList;

/** An expression whose text is YAML of its own, on one line: a number, a boolean or JSON. */
export class Yaml {
  constructor(readonly expression: Expression) {}
}

/** What is there on a condition only. */
export class Conditional {
  constructor(
    readonly condition: Condition,
    readonly then: TemplateList,
    readonly otherwise: TemplateList,
  ) {}
}

/** What is there once for each element of a list or a map. */
export class Repetition {
  constructor(
    readonly elements: Expression,
    readonly parts: TemplateList,
  ) {}
}

/** What several places of a template have. */
export class Shared {
  constructor(
    readonly name: string,
    readonly part: Template,
  ) {}
}

/** An expression that is a number, a boolean or JSON, where others are strings. */
export function yaml(expression: Expression): Yaml {
  return new Yaml(expression);
}

/** An entry of a map, or one or more items of a list, that are there where the condition holds. */
export function when(condition: Condition, ...parts: TemplateList): Conditional {
  return new Conditional(condition, parts, []);
}

/** One of two, by a condition. */
export function choose(condition: Condition, then: Template, otherwise: Template): Conditional {
  return new Conditional(condition, [then], [otherwise]);
}

/**
 * Items of a list, for each element of a list or map of istiod's; a map's in the order of its keys.
 * Go moves the dot inside: a field of the pod is to be written $.ObjectMeta there.
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
 * A part that is written once although several places have it. These must be equally deep, and not in a
 * repetition.
 *
 * @param name a name that no other shared part of the template has
 */
export function shared(name: string, part: Template): Shared {
  return new Shared(name, part);
}

/** The parts that are there. */
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

export function isEmpty(part: Collection): boolean {
  return Object.keys(part).length === 0;
}
