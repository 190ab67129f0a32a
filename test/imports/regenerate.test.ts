import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNewestCrds, writeCrds } from '../../scripts/imports/crd-files.mjs';
import { istioctls, istioctlVersion, renderReleases } from '../../scripts/imports/istioctl.mjs';
import { writeReadme } from '../../scripts/imports/readme.mjs';
import { writeResources } from '../../scripts/imports/resources.mjs';

const committed = fileURLToPath(new URL('../../imports', import.meta.url));
const gatewayApi = join(committed, 'gateway-api');
const title = readFileSync(join(committed, 'README.md'), 'utf8').split('\n')[0] ?? '';
const versions = title.match(/\d+\.\d+\.\d+/g) ?? [];

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

function installedVersion(istioctl: string): string {
  try {
    return istioctlVersion(istioctl);
  } catch {
    return 'none';
  }
}

describe('npm run imports', () => {
  it.each([committed, gatewayApi])('makes the same TypeScript of the same CRDs: %s', (source) => {
    writeResources(folder, readNewestCrds(source));
    const sources = Object.entries(contents(source)).filter(([file]) => /^[^/]+\.ts$/.test(file));
    expect(contents(folder)).toEqual(Object.fromEntries(sources));
  });

  it('makes the same folder with the same istioctls', (context) => {
    const installed = istioctls.map(installedVersion);
    context.skip(
      installed.join() !== versions.join(),
      `needs istioctl ${versions.join(', ')} on the PATH as ${istioctls.join(', ')}; found ${installed.join(', ')}`,
    );
    const releases = renderReleases();
    writeCrds(folder, releases);
    writeResources(folder, readNewestCrds(folder));
    writeReadme(folder, releases);
    const ofIstio = Object.entries(contents(committed)).filter(([file]) => !file.startsWith('gateway-api/'));
    expect(contents(folder)).toEqual(Object.fromEntries(ofIstio));
  });

  it('says what it needs without an istioctl', () => {
    const script = fileURLToPath(new URL('../../scripts/imports.mjs', import.meta.url));
    const env = { ...process.env, PATH: folder };
    expect(() => execFileSync(process.execPath, [script], { env, stdio: 'pipe' })).toThrow(
      /istioctl is not on the PATH: npm run imports needs istioctl, istioctl-/,
    );
  });
});
