import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isOnThePath } from '../../on-the-path';

/** How Go reads an address. */
export interface GoReading {
  /** Empty if the address is valid. */
  readonly Error: string;
  readonly Scheme: string;
  readonly User: boolean;
  readonly Hostname: string;
  readonly Port: string;
  readonly Path: string;
  /** Whether there is a query, a fragment, or something that is not a path. */
  readonly Rest: boolean;
}

export const hasGo = isOnThePath('go');

/** Reads addresses with Go's package net/url, which istiod and kubectl use. */
export function readWithGo(addresses: readonly string[]): GoReading[] {
  const output = execFileSync('go', ['run', join(__dirname, 'main.go')], {
    input: JSON.stringify(addresses),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, GO111MODULE: 'off', GOTOOLCHAIN: 'local' },
  });
  return JSON.parse(output);
}
