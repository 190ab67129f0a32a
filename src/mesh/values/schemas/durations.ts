import { z } from 'zod';

const hint = 'Write a duration with units, such as 45s or 1h30m.';

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

interface Bounds {
  /** The shortest duration, such as 1s, which is also the precision. */
  readonly unit?: 'ms' | 's';
  /**
   * Whether 0s is allowed.
   * @default - allowed
   */
  readonly zero?: 'refused';
  /** The longest duration, in hours. */
  readonly maximumHours?: number;
}

/** A duration in Go's notation that istiod can read, and that is not negative. */
export function durationWithin({ unit, zero, maximumHours = 2_000_000 }: Bounds = {}): z.ZodType<string> {
  const limits = [
    unit === undefined ? '' : `in whole ${unit === 's' ? 'seconds' : 'milliseconds'}`,
    maximumHours < 2_000_000 ? `of at most ${maximumHours}h` : '',
    zero === undefined ? '' : 'greater than 0s',
  ].filter((limit) => limit !== '');
  const bounded = limits.length === 0 ? hint : `Write a duration ${limits.join(' and ')}, such as 10s.`;
  return z
    .string()
    .regex(/^(0|(\d{1,12}(\.\d{1,9})?(ns|us|µs|ms|s|m|h)){1,6})$/, { error: hint, abort: true })
    .refine(
      (text) => {
        const duration = inNanoseconds(text);
        return (
          duration <= maximumHours * 3600e9 &&
          (zero === undefined || duration > 0) &&
          (unit === undefined || duration % (nanoseconds[unit] ?? 1) === 0)
        );
      },
      { error: bounded },
    );
}

/** Any duration. */
export const anyDuration = durationWithin();

/** A duration that Envoy and istiod accept as a timeout or an interval: at least one millisecond. */
export const positiveDuration = durationWithin({ unit: 'ms', zero: 'refused' });

function inNanoseconds(text: string): number {
  const parts = text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g);
  return [...parts].reduce(
    (sum, [, amount, unit = 's']) => sum + Number(amount) * (nanoseconds[unit] ?? 0),
    0,
  );
}
