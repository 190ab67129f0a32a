import { describe, expect, it } from 'vitest';
import { Deadline, within } from '../../src/live/time-bound';

describe('within', () => {
  it('gives what comes in time, success and failure alike', async () => {
    expect(await within(1, Promise.resolve('done'))).toBe('done');
    await expect(within(1, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  });

  it('does not wait for what never comes', async () => {
    await expect(within(0.01, new Promise(() => {}))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('Deadline', () => {
  it('passes', () => {
    expect(new Deadline(60).passed).toBe(false);
    expect(new Deadline(60).secondsLeft).toBeGreaterThan(59);
    expect(new Deadline(0).passed).toBe(true);
  });
});
