import { given, inOrder, isGiven } from './object';

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

/** A volume of a pod, and where the container finds it; undefined where it does not. */
export interface MountedVolume {
  readonly volume: { readonly name?: string; readonly [source: string]: unknown };
  readonly mount?: { readonly mountPath: string | undefined; readonly readOnly?: boolean };
}

/** A Secret, which need not exist unless it is said to be required. */
export function secretVolume(
  name: string | undefined,
  secretName: string | undefined,
  mountPath: string | undefined,
  existence: 'optional' | 'required' = 'optional',
): MountedVolume {
  const optional = existence === 'optional';
  return { volume: { name, secret: { secretName, optional } }, mount: { mountPath, readOnly: true } };
}

/** The volumes of a pod and their mounts in its container. */
export function volumesAndMounts(volumes: readonly MountedVolume[]) {
  return {
    volumes: volumes.map(({ volume }) => volume),
    volumeMounts: volumes.flatMap(({ mount, volume: { name } }) =>
      mount === undefined ? [] : [{ name, ...mount }],
    ),
  };
}

type Amounts = Readonly<Record<string, number | string | null>>;

/** What a container asks for and may use at most. */
export interface ResourceRequirements {
  readonly limits?: Amounts | null;
  readonly requests?: Amounts | null;
}

/** A container's resources without those that are left empty, by which Istio's charts take one out. */
export function resources({ limits, requests }: ResourceRequirements) {
  return { limits: withoutEmpty(limits), requests: withoutEmpty(requests) };
}

function withoutEmpty(amounts: Amounts | null | undefined): Amounts | undefined {
  return given(Object.fromEntries(Object.entries(amounts ?? {}).filter(([, amount]) => isGiven(amount))));
}

/** A port of pods. */
interface OpenPort {
  readonly port: number | undefined;
  /** TCP, where it does not say. */
  readonly protocol?: string;
}

/** The part of a NetworkPolicy that allows traffic from all sources to some ports. */
export function openPorts(ports: readonly OpenPort[]) {
  return { ports: ports.map(({ port, protocol = 'TCP' }) => ({ protocol, port })) };
}
