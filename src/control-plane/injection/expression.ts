import { quoted } from '../../kubernetes/yaml-scalars';

/** A Go template pipeline. istiod evaluates it when it injects a pod. */
export class Expression {
  /**
   * @param go the pipeline, without braces
   * @param variables the actions that set the variables of the pipeline, by variable name, in order
   */
  constructor(
    readonly go: string,
    readonly variables: ReadonlyMap<string, string> = new Map(),
  ) {}
}

/** A condition that is known at synthesis, or an expression whose truth value Go determines in istiod. */
export type Condition = boolean | Expression;

/** An operand of an expression. Null and undefined are nil in Go. */
export type Operand = Expression | string | number | boolean | null | undefined;

/**
 * A tagged template for an expression: go`eq .Revision ${revision}`. Strings become Go literals.
 * Expressions get parentheses if necessary.
 */
export function go(pieces: TemplateStringsArray, ...operands: readonly Operand[]): Expression {
  return new Expression(String.raw({ raw: pieces }, ...operands.map(operandText)), variablesOf(operands));
}

/**
 * A tagged template for text that contains expressions: goText`istio.${account}`. The result is a
 * plain string if no operand is an expression.
 */
export function goText(pieces: TemplateStringsArray, ...operands: readonly Operand[]): Expression | string {
  const expressions = operands.filter((operand) => operand instanceof Expression);
  if (expressions.length === 0) return String.raw({ raw: pieces }, ...operands);
  const escaped = (literal: string) => literal.replaceAll('%', '%%');
  const verbs = operands.map((operand) => (operand instanceof Expression ? '%v' : escaped(String(operand))));
  const format = String.raw({ raw: pieces.map(escaped) }, ...verbs);
  return call('printf', format, ...expressions);
}

/** A call to a template function of istiod. */
export function call(name: string, ...operands: readonly Operand[]): Expression {
  return new Expression([name, ...operands.map(operandText)].join(' '), variablesOf(operands));
}

/**
 * A variable. Each template that uses it sets it at the start.
 *
 * @param name the name with the dollar sign
 * @param value the initial value
 * @param loop an action that changes the value, such as a range that appends to a list
 */
export function templateVariable(name: `$${string}`, value: Expression, loop = ''): Expression {
  const actions = `{{- ${name} := ${value.go} }}${loop}`;
  return new Expression(name, new Map([...value.variables, [name, actions]]));
}

/** The negation of a condition. */
export function not(condition: Condition): Condition {
  return typeof condition === 'boolean' ? !condition : go`not ${condition}`;
}

/** Whether all conditions are true. */
export function all(...conditions: readonly Condition[]): Condition {
  return combined('and', conditions, false);
}

/** Whether any condition is true. */
export function any(...conditions: readonly Condition[]): Condition {
  return combined('or', conditions, true);
}

/** Evaluates conditions that are known at synthesis, so that istiod evaluates only the others. */
function combined(operator: 'and' | 'or', conditions: readonly Condition[], decisive: boolean): Condition {
  if (conditions.includes(decisive)) return decisive;
  const open = conditions.filter((condition) => condition instanceof Expression);
  if (open.length === 0) return !decisive;
  if (open.length === 1) return open[0] as Expression;
  return call(operator, ...open);
}

function operandText(operand: Operand): string {
  if (operand instanceof Expression) return /\s/.test(operand.go) ? `(${operand.go})` : operand.go;
  if (typeof operand === 'string') return quoted(operand);
  return operand === null || operand === undefined ? 'nil' : String(operand);
}

function variablesOf(operands: readonly Operand[]): Map<string, string> {
  return new Map(
    operands.flatMap((operand) => (operand instanceof Expression ? [...operand.variables] : [])),
  );
}
