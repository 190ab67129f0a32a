import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built program. */
const program = fileURLToPath(new URL('../../lib/bin/istio-mesh.js', import.meta.url));

/** Runs a command line, and returns how it ended, with all that it printed. */
function run(folder, command, args, onStart = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ args, status, signal, output: Buffer.concat(output).toString('utf8') }),
    );
    onStart(child);
  });
}

/** Runs the program. */
export function istioMesh(folder, ...args) {
  return run(folder, process.execPath, [program, ...args]);
}

/**
 * Runs the program, and kills it.
 *
 * @param from `start`, or `write`: the first change in the folder, because most of a run only reads
 * @param delay how long after that, in milliseconds
 */
export function killedRun(folder, { from, delay }, ...args) {
  return run(folder, process.execPath, [program, ...args], (child) => {
    const kill = () => setTimeout(() => child.kill('SIGKILL'), delay).unref();
    if (from === 'start') return kill();
    const watcher = watch(folder.path, () => {
      watcher.close();
      kill();
    });
    child.on('close', () => watcher.close());
  });
}
