import { ifSet, isSet, sortedEntries } from './object';

/** A variable of a container's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** A variable with a fixed value. */
export function environmentVariable(name: string, value: string | number | boolean): EnvironmentVariable {
  return { name, value: String(value) };
}

/** A variable with the value of a field of the pod. */
export function fieldOfPod(name: string, fieldPath: string): EnvironmentVariable {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** A variable with the number of CPUs that the container can use, rounded up. */
export function cpuLimit(name: string): EnvironmentVariable {
  return { name, valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } };
}

/** A variable with the number of CPUs that the container requests, rounded up. */
export function cpuRequest(name: string): EnvironmentVariable {
  return { name, valueFrom: { resourceFieldRef: { resource: 'requests.cpu', divisor: '1' } } };
}

/** Keeps the last variable of each name, which Kubernetes uses. Server-side apply rejects duplicates. */
export function distinct(environment: readonly EnvironmentVariable[]): readonly EnvironmentVariable[] {
  const last = new Map(environment.map((each) => [each.name, each]));
  return environment.filter((each) => last.get(each.name) === each);
}

/** The variables of a map, by name. */
export function environmentVariables(
  values: Readonly<Record<string, string | number | boolean>>,
): readonly EnvironmentVariable[] {
  return sortedEntries(values).map(([name, value]) => environmentVariable(name, value));
}

/** A volume of a pod, and its mount in the container; undefined if the container does not mount it. */
export interface MountedVolume {
  readonly volume: { readonly name?: string; readonly [source: string]: unknown };
  readonly mount?: {
    readonly mountPath: string | undefined;
    readonly readOnly?: boolean;
    readonly mountPropagation?: string;
  };
}

/** A volume from a Secret, which can be absent unless it is required. */
export function secretVolume(
  name: string | undefined,
  secretName: string | undefined,
  mountPath: string | undefined,
  existence: 'optional' | 'required' = 'optional',
): MountedVolume {
  const optional = existence === 'optional';
  return { volume: { name, secret: { secretName, optional } }, mount: { mountPath, readOnly: true } };
}

/**
 * The volumes of a pod and their mounts in its container.
 *
 * @param mountOrder the volumes that are mounted first, by name. The others follow in the order of the volumes.
 */
export function volumesAndMounts(volumes: readonly MountedVolume[], mountOrder: readonly string[] = []) {
  const first = mountOrder.flatMap((name) => volumes.filter(({ volume }) => volume.name === name));
  const mounted = [...first, ...volumes.filter((each) => !first.includes(each))];
  return {
    volumes: volumes.map(({ volume }) => volume),
    volumeMounts: mounted.flatMap(({ mount, volume: { name } }) =>
      mount === undefined ? [] : [{ name, ...mount }],
    ),
  };
}

type Amounts = Readonly<Record<string, number | string | null>>;

/** The resources that a container requests, and their limits. */
export interface ResourceRequirements {
  readonly limits?: Amounts | null;
  readonly requests?: Amounts | null;
}

/** The resources of a container without empty amounts. Empty amounts remove a default in Istio's charts. */
export function resources({ limits, requests }: ResourceRequirements) {
  return { limits: withoutEmpty(limits), requests: withoutEmpty(requests) };
}

function withoutEmpty(amounts: Amounts | null | undefined): Amounts | undefined {
  return ifSet(Object.fromEntries(Object.entries(amounts ?? {}).filter(([, amount]) => isSet(amount))));
}
