import { expect, test } from 'vitest';
import { releaseOf, remoteSecretChange } from '../../src/control-plane/istio-release';
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

test.each([
  ['1.29.6', 'interrupts'],
  ['1.30.0', 'loses-endpoints'],
  ['1.30.0-20260423', 'loses-endpoints'],
  ['1.30.3', 'loses-endpoints'],
  ['1.30.4', 'seamless'],
  ['1.31.0-rc.0', 'seamless'],
])('when a remote secret changes, istiod %s: %s', (version, change) => {
  expect(remoteSecretChange(version)).toBe(change);
});
