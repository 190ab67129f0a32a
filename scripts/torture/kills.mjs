import { expectRecovery, expectWhole, prepare, succeed } from './expectations.mjs';
import { MeshFolder, variants } from './mesh-folder.mjs';
import { killedRun } from './program.mjs';

const none = new Map();

/** Kills the program again and again: while it replaces the output of another mesh, or starts from nothing. */
export async function kills(count, random, report) {
  const folder = new MeshFolder();
  const outputs = await prepare(folder);
  const duration = await timeOf(() => succeed(folder, 'a'));
  for (let round = 0; round < count; round += 1) {
    const moment = {
      from: random.pick('start', 'write', 'write'),
      delay: random.fraction() * duration * random.pick(1.1, 0.3, 0.03),
    };
    const commands = [
      ['synth'],
      ['synth'],
      ['synth'],
      ['ca'],
      ['secrets'],
      ['secrets', '--accept-recipients'],
    ];
    const command = random.pick(...commands);
    const isFresh = random.fraction() < 0.25;
    await report(`${command.join(' ')}, ${moment.delay.toFixed(1)} ms after its ${moment.from}`, async () => {
      if (isFresh) await killFresh(command[0] === 'ca' ? 'ca' : 'synth', moment);
      else await killExisting(folder, outputs, command, random.pick(...variants), moment);
    });
  }
  folder.remove();
}

async function killFresh(command, moment) {
  const folder = new MeshFolder();
  await killedRun(folder, moment, command, '--mesh-file', 'a.yaml');
  if (folder.output() === undefined) expectWhole(folder, { certs: none, outputs: none });
  await expectRecovery(folder, 'a', none);
  folder.remove();
}

async function killExisting(folder, outputs, command, variant, moment) {
  const certs = folder.files('certs');
  await killedRun(folder, moment, ...command, '--mesh-file', `${variant}.yaml`);
  expectWhole(folder, { certs, outputs });
  await expectRecovery(folder, variant, outputs);
}

async function timeOf(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
