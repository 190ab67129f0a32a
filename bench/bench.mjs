// Measures synthesis as whole processes, paired with istioctl rendering the same, and prints ratios:
// absolute times depend on the machine, ratios of one run do not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median } from './measure.mjs';
import { istioOperators, makeMesh, synthesis } from './mesh.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const istioctl = process.env.ISTIOCTL ?? 'istioctl';
const home = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  compareWithIstioctl();
  growWithClusters();
} finally {
  rmSync(home, { recursive: true, force: true });
}

/**
 * Two clusters, control plane and gateway of each: this package's forms beside istioctl by hand. Only the
 * form istioctl renders the same; the form operator leaves the rendering to istioctl install.
 */
function compareWithIstioctl() {
  if (spawnSync(istioctl, ['version', '--remote=false']).status !== 0) {
    console.log(`${istioctl} is not there (ISTIOCTL names it), so nothing is compared with it.\n`);
    return;
  }
  const operators = istioOperators(makeMesh(join(home, 'operator'), 2, 'operator'));
  makeMesh(join(home, 'istioctl'), 2, 'istioctl');
  const byHand = operators.map((file) => [istioctl, 'manifest', 'generate', '-f', file]);
  const contenders = {
    'istioctl, by hand': () => byHand.reduce((sum, command) => sum + measure(command, home).seconds, 0),
    'istio-mesh synth, operator (renders no control plane)': () =>
      measure(synthesis, join(home, 'operator')).seconds,
    'istio-mesh synth, istioctl': () => measure(synthesis, join(home, 'istioctl')).seconds,
  };
  const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (const run of Object.values(contenders)) run();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) seconds[name].push(run());
  }
  const reference = seconds['istioctl, by hand'];
  console.log(`Two clusters, whole processes, median of ${rounds} rounds`);
  console.table(
    Object.entries(seconds).map(([name, times]) => ({
      what: name,
      seconds: median(times).toFixed(2),
      'of istioctl': median(times.map((time, round) => time / reference[round])).toFixed(2),
    })),
  );
}

/** Every cluster a peer of every other: the cost of an object must not depend on how many there are. */
function growWithClusters() {
  const rows = [2, 10, 50, 100].map((count) => {
    const folder = join(home, String(count));
    const { objects } = makeMesh(folder, count, 'operator');
    const runs = Array.from({ length: rounds }, () => measure(synthesis, folder));
    return {
      count,
      objects,
      seconds: median(runs.map((run) => run.seconds)),
      megabytes: Math.max(...runs.map((run) => run.megabytes)),
    };
  });
  // The process itself costs the same whatever it writes, so growth is measured beyond the smallest mesh.
  const [smallest] = rows;
  console.log(`Fully meshed clusters, median of ${rounds} runs`);
  console.table(
    rows.map(({ count, objects, seconds, megabytes }) => ({
      clusters: count,
      objects,
      seconds: seconds.toFixed(2),
      'peak MB': megabytes,
      'ms per object': ((seconds / objects) * 1000).toFixed(3),
      'ms per further object':
        count === smallest.count
          ? ''
          : (((seconds - smallest.seconds) / (objects - smallest.objects)) * 1000).toFixed(3),
    })),
  );
}
