import { describe, expect, it } from 'vitest';
import { Deadline, withTimeout } from '../../src/live/timeout';

describe('withTimeout', () => {
  it('returns a result and throws an error that arrive in time', async () => {
    expect(await withTimeout(1, Promise.resolve('done'))).toBe('done');
    await expect(withTimeout(1, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  });

  it('does not wait for a promise that never settles', async () => {
    await expect(withTimeout(0.01, new Promise(() => {}))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('Deadline', () => {
  it('passes', () => {
    expect(new Deadline(60).passed).toBe(false);
    expect(new Deadline(60).secondsLeft).toBeGreaterThan(59);
    expect(new Deadline(0).passed).toBe(true);
  });
});
