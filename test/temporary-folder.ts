import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const base = mkdtempSync(join(tmpdir(), 'istio-mesh-test-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let count = 0;

/** An empty folder that lasts as long as the tests of a file. */
export function temporaryFolder(): string {
  count += 1;
  const folder = join(base, `${count}`);
  mkdirSync(folder);
  return folder;
}
