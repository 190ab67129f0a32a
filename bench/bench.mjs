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
 * Two clusters, control plane and gateway of each: istioctl by hand, four times, beside this package's
 * forms. Of these, native and istioctl render the same; operator leaves the rendering to istioctl install.
 */
function compareWithIstioctl() {
  if (spawnSync(istioctl, ['version', '--remote=false']).status !== 0) {
    console.log(`${istioctl} is not there (ISTIOCTL names it), so nothing is compared with it.\n`);
    return;
  }
  const operators = istioOperators(makeMesh(join(home, 'operator'), 2, 'operator'));
  const byHand = operators.map((file) => [istioctl, 'manifest', 'generate', '-f', file]);
  const synth = (form) => {
    makeMesh(join(home, form), 2, form);
    return () => measure(synthesis, join(home, form)).seconds;
  };
  const contenders = {
    'istioctl, by hand': () => byHand.reduce((sum, command) => sum + measure(command, home).seconds, 0),
    'istio-mesh synth, native': synth('native'),
    'istio-mesh synth, istioctl': synth('istioctl'),
    'istio-mesh synth, operator (renders no control plane)': synth('operator'),
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
    const { objects } = makeMesh(folder, count, 'native');
    const runs = Array.from({ length: rounds }, () => measure(synthesis, folder));
    return {
      count,
      objects,
      seconds: median(runs.map((run) => run.seconds)),
      megabytes: Math.max(...runs.map((run) => run.megabytes)),
    };
  });
  // Starting the process always costs the same, so growth is measured beyond the smallest mesh.
  const [smallest, ...larger] = rows;
  const beyond = new Map(
    larger.map((row) => {
      const milliseconds = (row.seconds - smallest.seconds) * 1000;
      const perCluster = (milliseconds / (row.count - smallest.count)).toFixed(1);
      return [row, [perCluster, (milliseconds / (row.objects - smallest.objects)).toFixed(3)]];
    }),
  );
  console.log(`Fully meshed clusters, form native, median of ${rounds} runs`);
  console.table(
    rows.map((row) => {
      const [perCluster, perObject] = beyond.get(row) ?? ['', ''];
      return {
        clusters: row.count,
        objects: row.objects,
        seconds: row.seconds.toFixed(2),
        'peak MB': row.megabytes,
        'ms per further cluster': perCluster,
        'ms per further object': perObject,
      };
    }),
  );
}
