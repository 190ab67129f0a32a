/** The stage of charts whose names begin with no number: they are for what everything else is there for. */
export const lastStage = 1000;

/** The stage in which istiod starts. */
export const controlPlaneStage = 30;

/**
 * The stage of a chart, out of its path: 70 for cluster1/70-policies. Names with a number come in the
 * order of their numbers, and then, as in a listing, those with none.
 */
export function stageOf(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const number = /^\d+(?=-|$)/.exec(name)?.[0];
  return number === undefined ? lastStage : Math.min(Number(number), lastStage);
}
