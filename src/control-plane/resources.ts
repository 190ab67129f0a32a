import { given, isGiven } from './given';

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
