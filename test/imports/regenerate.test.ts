import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCrds, writeCrds } from '../../scripts/imports/crd-files.mjs';
import { istioctlProgram, istioctlVersion, renderCrds } from '../../scripts/imports/istioctl.mjs';
import { writeReadme } from '../../scripts/imports/readme.mjs';
import { writeResources } from '../../scripts/imports/resources.mjs';

const committed = fileURLToPath(new URL('../../imports/', import.meta.url));
const version = /Istio (\S+)/.exec(readFileSync(join(committed, 'README.md'), 'utf8'))?.[1];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every file of a folder with its text. */
function contents(from: string): Record<string, string> {
  const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(from.length).replace(/^\//, ''), readFileSync(path, 'utf8')];
    }),
  );
}

function installedVersion(): string | undefined {
  try {
    return istioctlVersion(istioctlProgram());
  } catch {
    return undefined;
  }
}

describe('npm run imports', () => {
  it('makes the same TypeScript of the same CRDs', () => {
    writeResources(folder, readCrds(committed));
    const sources = Object.entries(contents(committed)).filter(([file]) => file.endsWith('.ts'));
    expect(contents(folder)).toEqual(Object.fromEntries(sources));
  });

  it('makes the same folder with the same istioctl', (context) => {
    const installed = installedVersion();
    context.skip(
      installed !== version,
      `needs istioctl ${version} on the PATH or in ISTIOCTL; found ${installed ?? 'none'}`,
    );
    writeCrds(folder, renderCrds(istioctlProgram()));
    writeResources(folder, readCrds(folder));
    writeReadme(folder, version as string);
    expect(contents(folder)).toEqual(contents(committed));
  });

  it('says what to do without an istioctl', () => {
    const script = fileURLToPath(new URL('../../scripts/imports.mjs', import.meta.url));
    const env = { ...process.env, ISTIOCTL: join(folder, 'istioctl') };
    expect(() => execFileSync(process.execPath, [script], { env, stdio: 'pipe' })).toThrow(
      /name its path in ISTIOCTL/,
    );
  });
});
