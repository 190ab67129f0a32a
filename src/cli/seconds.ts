import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is a time in seconds. */
export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('Write a whole number of seconds from 1 on.');
  return Number(text);
}
