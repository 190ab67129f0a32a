import fc from 'fast-check';
import type { ClusterDefinition, MeshDefinition } from '../../src/mesh/definition';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);

/** Valid definitions of meshes: any clusters, in any networks, with any peers. */
export const meshDefinitions: fc.Arbitrary<MeshDefinition> = fc
  .uniqueArray(word, { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.record({
      meshID: word,
      clusters: fc.tuple(...names.map((name) => cluster(name, names))),
      verification: fc.record({ helloWorld: fc.constantFrom('enabled', 'disabled') }),
    }),
  );

function cluster(name: string, names: readonly string[]): fc.Arbitrary<ClusterDefinition> {
  const others = names.filter((other) => other !== name);
  return fc.record(
    {
      name: fc.constant(name),
      network: fc.constantFrom('network1', 'network2', 'network3'),
      peers: fc.shuffledSubarray(others),
    },
    { requiredKeys: ['name', 'network'] },
  );
}
