import { expect, test } from 'vitest';
import { expectedAnswers } from '../../src/live/expected-answers';
import type { DataPlane } from '../../src/mesh/data-plane';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Cluster } from '../../src/mesh/mesh';

test.each<[DataPlane, DataPlane, readonly string[]]>([
  ['sidecar', 'sidecar', ['from', 'to']],
  ['ambient', 'ambient', ['from', 'to']],
  ['ambient', 'both', ['from', 'to']],
  ['both', 'both', ['from', 'to']],
  ['both', 'ambient', ['from']],
])('a client of %s expects answers of %s in another network', (from, to, expected) => {
  const { clusters } = defineMesh({
    meshID: 'mesh1',
    clusters: [
      { name: 'from', network: 'network1', dataPlane: from },
      { name: 'to', network: 'network2', dataPlane: to },
    ],
  });
  expect(expectedAnswers(clusters[0] as Cluster, clusters).map(({ name }) => name)).toEqual(expected);
});
