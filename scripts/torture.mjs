import { parseArgs } from 'node:util';
import { fullDisk } from './torture/full-disk.mjs';
import { kills } from './torture/kills.mjs';
import { pairs } from './torture/pairs.mjs';
import { Random } from './torture/random.mjs';

// Kills the program at random moments, runs it twice at once, and runs it on a full disk. After each, no certificate and
// no output may be lost or mixed, and the next run must complete the work and leave nothing behind. The seed decides what
// is tried; the moment of a kill also depends on the machine.

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    kills: { type: 'string' },
    pairs: { type: 'string' },
    'full-disks': { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
  },
});
const seed = Number(values.seed);
const trials = [
  { name: 'kills', torture: kills, count: Number(values.kills ?? (values.short ? 10 : 500)) },
  { name: 'pairs of runs at once', torture: pairs, count: Number(values.pairs ?? (values.short ? 4 : 200)) },
  {
    name: 'runs on a full disk',
    torture: fullDisk,
    count: Number(values['full-disks'] ?? (values.short ? 4 : 50)),
  },
];

console.log(`Seed ${seed}: repeat with npm run torture -- --seed ${seed}`);
const failures = [];
for (const { name, torture, count } of trials) {
  let done = 0;
  const report = async (what, trial) => {
    done += 1;
    try {
      await trial();
    } catch (error) {
      failures.push(what);
      console.error(`FAILED ${name}, number ${done}, ${what}: ${error.message}`);
    }
  };
  if (count === 0) continue;
  const start = performance.now();
  const skipped = await torture(count, new Random(seed), report);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(skipped === undefined ? `${done} ${name}, ${seconds} s` : `Skipped ${name}: ${skipped}.`);
}
console.log(failures.length === 0 ? 'Nothing was lost.' : `${failures.length} failed.`);
process.exitCode = failures.length === 0 ? 0 : 1;
