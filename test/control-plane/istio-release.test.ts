import { expect, test } from 'vitest';
import { releaseOf } from '../../src/control-plane/istio-release';
import { supportedMinorVersions } from '../../src/mesh/istio-version';

test('every version of a supported minor version has its facts', () => {
  for (const minorVersion of supportedMinorVersions) {
    expect(releaseOf(`${minorVersion}.7`).minorVersion).toBe(minorVersion);
  }
});

test('an unsupported version is an error that names the supported ones', () => {
  for (const version of ['1.3.0', '1.310.0', '1.12.2', '2.31.0']) {
    expect(() => releaseOf(version)).toThrow(/CONTROL-PLANE-VERSION[\s\S]*1\.31, 1\.30, 1\.29/);
  }
});
