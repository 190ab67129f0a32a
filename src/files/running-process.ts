import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from './system-error';

/** Identifies a process: its ID alone is used again after it has ended. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in a form that differs from that of other processes with its ID; empty if unknown. */
  readonly started: string;
  /** The machine or container in which the ID is valid. */
  readonly host: string;
}

/** The identity of this process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid), host: thisHost() };
}

/** Whether a process runs; `unknown` for a process of another machine or container. */
export function stateOf({ pid, started, host }: ProcessIdentity): 'running' | 'ended' | 'unknown' {
  if (host !== thisHost()) return 'unknown';
  return isRunning(pid) && startOf(pid) === started ? 'running' : 'ended';
}

/** Whether a process with an ID runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/** The 22nd field of /proc/PID/stat. The second one, a name in parentheses, can contain spaces. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Containers can share the name of a host, but have IDs of their own. */
function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
