import { MeshError } from '../problems/problem';

/**
 * Waits for work, but not for ever; what comes later is dropped.
 *
 * @param seconds for how long
 * @throws an error named TimeoutError when the time is over
 */
export async function withTimeout<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new DOMException(`Nothing came within ${seconds} seconds.`, 'TimeoutError');
    timer = setTimeout(() => reject(error), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The moment until which something is waited for. */
export class Deadline {
  private readonly end: number;

  /** @param seconds from now */
  constructor(seconds: number) {
    this.end = Date.now() + seconds * 1000;
  }

  /** Whether the moment has come. */
  get passed(): boolean {
    return this.secondsLeft <= 0;
  }

  /** The time until then; less than zero afterwards. */
  get secondsLeft(): number {
    return (this.end - Date.now()) / 1000;
  }
}

/** A closer look that fails shows nothing, and hides nothing that was seen before. */
export async function orUndefined<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}
