import { inOrder } from './in-order';

/** A variable of a container's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** A variable with a value of its own. */
export function variable(name: string, value: string | number | boolean): EnvironmentVariable {
  return { name, value: String(value) };
}

/** A variable that takes a field of the pod. */
export function fieldOfPod(name: string, fieldPath: string): EnvironmentVariable {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** A variable that takes the number of CPUs that the container may use, rounded up. */
export function cpuLimit(name: string): EnvironmentVariable {
  return { name, valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } };
}

/**
 * The variables that count: of those of one name the last. A list with both is refused by server-side
 * apply.
 */
export function distinct(environment: readonly EnvironmentVariable[]): readonly EnvironmentVariable[] {
  const last = new Map(environment.map((each) => [each.name, each]));
  return environment.filter((each) => last.get(each.name) === each);
}

/** The variables of a map, by name. */
export function variables(
  values: Readonly<Record<string, string | number | boolean>>,
): readonly EnvironmentVariable[] {
  return inOrder(values).map(([name, value]) => variable(name, value));
}
