// The istioctl programs to compare with.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

let running = 0;
const waiting = [];

/** What an istioctl renders of an IstioOperator, as a YAML text. No more run at a time than there are cores. */
export async function manifestGenerate(istioctl, operator) {
  if (running >= availableParallelism()) await new Promise((start) => waiting.push(start));
  running++;
  try {
    // By force: istioctl refuses some of the values that its own charts read.
    return await run(istioctl, ['manifest', 'generate', '--force', '-f', '-'], JSON.stringify(operator));
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** The version of an istioctl, such as 1.31.0. */
export async function versionOf(istioctl) {
  return JSON.parse(await run(istioctl, ['version', '--remote=false', '-o', 'json'])).clientVersion.version;
}

/** What a program prints, given arguments and an input. */
export function run(program, args, input = '') {
  return new Promise((done, fail) => {
    // It ends before it could need the memory that it collects, which takes it a quarter of its time.
    const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, GOGC: 'off' } });
    const output = [];
    const errors = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', (error) => fail(new Error(`${program} cannot be run: ${error.message}`)));
    child.on('close', (status) => {
      if (status === 0) done(Buffer.concat(output).toString('utf8'));
      else fail(new Error(`${program} ${args.join(' ')} failed: ${Buffer.concat(errors).toString('utf8')}`));
    });
  });
}
