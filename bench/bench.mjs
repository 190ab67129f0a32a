// Measures synthesis as whole processes, paired with istioctl rendering the same, and prints ratios:
// absolute times depend on the machine, ratios of one run do not.
//
//   ROUNDS=9 npm run bench             how often each is measured; 5 times by default
//   NODE24=/path/to/node npm run bench measures the program under another Node, too
//   npm run bench -- --large           measures 1,000 clusters, too; takes minutes and about 2 GB of disk
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median } from './measure.mjs';
import { cdk8sApp, istioMesh, istioOperators, makeMesh } from './mesh.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);
const istioctl = process.env.ISTIOCTL ?? 'istioctl';
const node24 = process.env.NODE24;
const home = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  compareWithIstioctl();
  growWithClusters();
  if (process.argv.includes('--large')) measureLargeMesh();
} finally {
  rmSync(home, { recursive: true, force: true });
}

/**
 * Two clusters, control plane and gateway of each: istioctl by hand, four times, beside this package's
 * formats. Of these, native and istioctl render the same; operator leaves the rendering to istioctl install.
 */
function compareWithIstioctl() {
  if (spawnSync(istioctl, ['version', '--remote=false']).status !== 0) {
    console.log(`${istioctl} is not there (ISTIOCTL names it), so nothing is compared with it.\n`);
    return;
  }
  const operators = istioOperators(makeMesh(join(home, 'operator'), 2, 'operator'));
  const byHand = operators.map((file) => [istioctl, 'manifest', 'generate', '-f', file]);
  const run = (folder, command) => () => measure(command, join(home, folder)).seconds;
  for (const format of ['native', 'istioctl']) makeMesh(join(home, format), 2, format);
  const contenders = {
    'istioctl, by hand': () => byHand.reduce((sum, command) => sum + measure(command, home).seconds, 0),
    'istio-mesh synth, native': run('native', istioMesh('synth')),
    'app of cdk8s synth, native': run('native', cdk8sApp()),
    ...(node24 ? { 'istio-mesh synth, native, NODE24': run('native', istioMesh('synth', node24)) } : {}),
    'istio-mesh synth, istioctl': run('istioctl', istioMesh('synth')),
    'istio-mesh synth, operator (renders no control plane)': run('operator', istioMesh('synth')),
  };
  const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (const measured of Object.values(contenders)) measured();
  for (let round = 0; round < rounds; round++) {
    for (const [name, measured] of Object.entries(contenders)) seconds[name].push(measured());
  }
  const reference = seconds['istioctl, by hand'];
  console.log(`Two clusters, whole processes, median of ${rounds} rounds`);
  console.table(
    Object.entries(seconds).map(([name, times]) => {
      const ratios = times.map((time, round) => time / reference[round]);
      return {
        what: name,
        seconds: median(times).toFixed(2),
        'of istioctl': median(ratios).toFixed(2),
        range: `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
      };
    }),
  );
}

/** Every cluster a peer of every other: the cost of an object must not depend on how many there are. */
function growWithClusters() {
  const rows = [2, 10, 50, 100].map((count) => {
    const folder = join(home, String(count));
    const { objects } = makeMesh(folder, count, 'native');
    const runs = Array.from({ length: rounds }, () => measure(istioMesh('synth'), folder));
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
  console.log(`Fully meshed clusters, format native, median of ${rounds} runs`);
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

/** 1,000 clusters with 10 peers each, once: its synthesis, after the one that issued the certificates, and its definition. */
function measureLargeMesh() {
  const folder = join(home, 'large');
  const { objects } = makeMesh(folder, 1000, 'native', 10);
  const definition = join(home, 'definition');
  mkdirSync(definition);
  copyFileSync(join(folder, 'mesh.yaml'), join(definition, 'mesh.yaml'));
  const measured = {
    [`istio-mesh synth, ${objects} objects`]: measure(istioMesh('synth'), folder),
    'istio-mesh check, mesh.yaml alone': measure(istioMesh('check'), definition),
  };
  console.log('1,000 clusters with 10 peers each');
  console.table(
    Object.entries(measured).map(([what, { seconds, megabytes }]) => ({
      what,
      seconds: seconds.toFixed(1),
      'peak MB': megabytes,
    })),
  );
}
