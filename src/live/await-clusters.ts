import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { Deadline } from './timeout';

/** How to wait for clusters. */
export interface Patience {
  /** How long to wait until nothing is left to happen, in seconds. */
  readonly timeoutSeconds: number;
  /** How many observations in a row must find nothing. */
  readonly observations: number;
  readonly progress: Progress;
}

/** The pause between two observations, in milliseconds. */
const pause = 5000;

/**
 * Observes clusters until nothing is left to happen, or the time is over.
 *
 * @param problemsOf what is left to happen in an observation
 * @returns the last observation
 */
export async function awaitClusters<T>(
  { timeoutSeconds, observations, progress }: Patience,
  observe: () => Promise<T>,
  problemsOf: (observation: T) => readonly Problem[],
): Promise<T> {
  const deadline = new Deadline(timeoutSeconds);
  for (let lastMessage = '', passes = 0; ; await sleep(pause)) {
    const observation = await observe();
    const [problem] = problemsOf(observation);
    passes = problem === undefined ? passes + 1 : 0;
    if (passes === observations || (problem !== undefined && deadline.passed)) return observation;
    const message = problem?.message ?? '';
    if (problem !== undefined && message !== lastMessage) progress(`Waiting: ${message}`);
    lastMessage = message;
  }
}
