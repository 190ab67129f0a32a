import { expect, test } from 'vitest';
import { renderCrds } from '../../scripts/imports/istioctl.mjs';
import { crdManifests } from '../../src/control-plane/crds';
import { releaseOf } from '../../src/control-plane/istio-release';
import { istioctls, versionOf } from './istioctl';
import { parseObjects } from './objects';

/** Objects by name, because their order does not matter to the API server. */
function byName(objects: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    objects.map((object) => [(object as { metadata: { name: string } }).metadata.name, object]),
  );
}

/** A property named description has no string value, so it remains. */
function withoutDescriptions(objects: readonly unknown[]): unknown[] {
  const isProse = (key: string, value: unknown) => key === 'description' && typeof value === 'string';
  return JSON.parse(JSON.stringify(objects), (key, value) => (isProse(key, value) ? undefined : value));
}

test.each(istioctls)('the CRDs equal those of %s, except for descriptions', (istioctl) => {
  const { minorVersion } = releaseOf(versionOf(istioctl));
  const ours = parseObjects(crdManifests(minorVersion));
  const official = renderCrds(istioctl);
  expect(ours).toHaveLength(official.length);
  expect(byName(ours)).toEqual(byName(withoutDescriptions(official)));
});
