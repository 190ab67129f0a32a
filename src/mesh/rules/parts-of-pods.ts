import { entriesAt } from './effective-values';
import type { Part, PlacedProblem } from './placed-problem';

/** Parts with a name or path that the chart or an earlier part has. */
export function repeatedParts(
  parts: readonly Part[],
  field: string,
  ofChart: readonly string[],
  noun: string,
): PlacedProblem[] {
  const keys = parts.map(({ entry }) => entry[field]);
  return parts
    .filter((_, index) => isTaken(keys, index, ofChart))
    .map(({ entry, path }) => ({
      at: [...path, field],
      message: `The pod already has a ${noun} with the ${field} ${entry[field]}.`,
      hint: `Write another ${field}.`,
    }));
}

function isTaken(keys: readonly unknown[], index: number, ofChart: readonly string[]): boolean {
  const key = keys[index];
  if (key === undefined || key === null) return false;
  return ofChart.includes(String(key)) || keys.indexOf(key) < index;
}

/** The places at which containers have volumes. */
export function mountsOf(containers: readonly Part[]): Part[] {
  return containers.flatMap(({ entry, path }) =>
    entriesAt(entry, ['volumeMounts']).map((mount) => ({ ...mount, path: [...path, ...mount.path] })),
  );
}
