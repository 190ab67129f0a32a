import assert from 'node:assert/strict';
import { expectOneMesh, expectWhole, prepare } from './expectations.mjs';
import { MeshFolder, variants } from './mesh-folder.mjs';
import { istioMesh } from './program.mjs';

/** Runs the program twice at once, in a folder with output and in an empty one. */
export async function pairs(count, random, report) {
  const folder = new MeshFolder();
  const outputs = await prepare(folder);
  const pairOf = (target) => {
    const run = () => {
      const command = random.pick('synth', 'synth', 'synth', 'ca');
      return istioMesh(target, command, '--mesh-file', `${random.pick(...variants)}.yaml`);
    };
    return Promise.all([run(), run()]);
  };
  for (let round = 0; round < count; round += 1) {
    const isFresh = random.fraction() < 0.5;
    await report(isFresh ? 'in an empty folder' : 'over an output', async () => {
      const target = isFresh ? new MeshFolder() : folder;
      const certs = target.files('certs');
      for (const { status, output } of await pairOf(target)) assert.equal(status, 0, output);
      if (!isFresh) expectWhole(target, { certs, outputs });
      else if (target.output() !== undefined) expectOneMesh(target);
      assert.deepEqual(target.leftovers(), []);
      if (isFresh) target.remove();
    });
  }
  folder.remove();
}
