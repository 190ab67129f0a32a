import { MeshError } from '../problems/problem';

/**
 * Waits for a promise for a limited time. A later result is ignored.
 *
 * @throws an error named TimeoutError after the given number of seconds
 */
export async function withTimeout<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const error = new DOMException(`No result within ${seconds} seconds.`, 'TimeoutError');
    timer = setTimeout(() => reject(error), seconds * 1000);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** The moment at which waiting ends. */
export class Deadline {
  private readonly end: number;

  /** @param seconds from now */
  constructor(seconds: number) {
    this.end = Date.now() + seconds * 1000;
  }

  get passed(): boolean {
    return this.secondsLeft <= 0;
  }

  /** The remaining time; negative after the deadline. */
  get secondsLeft(): number {
    return (this.end - Date.now()) / 1000;
  }
}

/** Waits for an optional observation. If the cluster refuses it, the rest of the report is still valid. */
export async function undefinedIfRefused<T>(observation: Promise<T>): Promise<T | undefined> {
  try {
    return await observation;
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}
