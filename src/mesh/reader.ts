import { z } from 'zod';
import { integer } from './schema-types';

/** The account with which other clusters read a cluster. */
export interface ReaderDefinition {
  /**
   * How long a new token is valid, such as `90d` or `24h`. `istio-mesh join --refresh` renews it. The API server of a
   * cluster can issue tokens for a shorter time, which `join` reports; Amazon EKS limits them to 24 hours.
   * @default - tokens do not expire
   */
  readonly tokenDuration?: string;
  /**
   * How many days before its token expires `synth`, `check`, `verify` and `rotate status` warn of it, and
   * `join --refresh` renews it. Tokens with a short life are renewed when a third of it is left.
   * @default - 7
   */
  readonly warnBeforeExpiryDays?: number;
}

/** The reader account of a cluster, with all defaults. */
export interface ReaderSettings {
  /**
   * How long a new token is valid, in seconds.
   * @default - tokens do not expire
   */
  readonly tokenSeconds?: number;
  readonly warnBeforeExpiryDays: number;
}

const pattern = /^(?=\d)(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/;

/** The range that the API server accepts, in seconds. */
const [shortest, longest] = [600, 2 ** 32];

/** Parses a duration, such as `90d` or `1h30m`; undefined for other texts. */
export function durationSeconds(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

const duration = z.string().refine((text) => {
  const seconds = durationSeconds(text);
  return seconds !== undefined && seconds >= shortest && seconds <= longest;
}, 'Write a number of days, hours or minutes, at least 10m, such as 90d or 24h.');

/** How many days before credentials expire there is a warning, unless the mesh definition says otherwise. */
export const defaultWarnBeforeExpiryDays = 7;

/** The schema of `reader`. */
export const readerSchema = z.strictObject({
  tokenDuration: duration.optional(),
  warnBeforeExpiryDays: integer(1, 36500).optional(),
});

/** The settings of a cluster. Those of the cluster override those of the mesh. */
export function readerWithDefaults(
  mesh: ReaderDefinition = {},
  cluster: ReaderDefinition = {},
): ReaderSettings {
  const { tokenDuration, warnBeforeExpiryDays = defaultWarnBeforeExpiryDays } = { ...mesh, ...cluster };
  const tokenSeconds = tokenDuration === undefined ? undefined : durationSeconds(tokenDuration);
  return { warnBeforeExpiryDays, ...(tokenSeconds === undefined ? {} : { tokenSeconds }) };
}
