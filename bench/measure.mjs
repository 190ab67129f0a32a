import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const reporter = new URL('./report-memory.cjs', import.meta.url).pathname;

/** Runs a command as a process: its wall time, and the peak memory of Node programs. */
export function measure([program, ...args], cwd) {
  const report = join(cwd, `.memory-${process.pid}`);
  const env = { ...process.env, NODE_OPTIONS: `--require ${reporter}`, MEMORY_REPORT: report };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
  return { seconds, megabytes: peakMegabytes(report) };
}

function peakMegabytes(report) {
  try {
    return Math.round(Number(readFileSync(report, 'utf8')) / 1024);
  } catch {
    return undefined;
  } finally {
    rmSync(report, { force: true });
  }
}

/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
