import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from './workplace';

/** Two clients, so that calls go on while one of them waits. They end when their output is closed. */
function clients(service: string): string {
  return `client() {
  while
    answer=$(curl -sS --max-time 5 -w " status %{http_code}" ${service}:5000/hello 2>&1)
    echo $(date +%s) $answer
  do sleep 0.1; done
}
client & client & wait`;
}

const answered = /version: v\d+, instance: \S+ status 200$/;

/** Calls HelloWorld, or a Service like it, continuously from the pod curl of one cluster, until it is stopped. */
export class ServiceCalls {
  private readonly log: string;
  private readonly caller: ChildProcess;

  constructor(workplace: Workplace, cluster: string, service = 'helloworld.sample') {
    const log = `calls-from-${cluster}-to-${service}.log`;
    const kubectl = `kubectl --kubeconfig ${cluster}.kubeconfig -n sample`;
    this.log = join(workplace.folder, log);
    // The loop continues with the new pod when the client restarts.
    this.caller = workplace.start(
      `while :; do ${kubectl} exec deploy/curl -c curl -- sh -c '${clients(service)}'; sleep 0.1; done`,
      log,
    );
  }

  /** The result of each call so far: the time in seconds, and the output of the client. */
  get calls(): string[] {
    return readFileSync(this.log, 'utf8').split('\n').slice(0, -1);
  }

  /** The calls that were not answered. */
  get failures(): string[] {
    return this.calls.filter((call) => !answered.test(call));
  }

  /** The versions that have answered. */
  get versions(): string[] {
    const answers = this.calls.flatMap((call) => /version: (v\d+)/.exec(call)?.[1] ?? []);
    return [...new Set(answers)].sort();
  }

  /** The longest time between two calls, in seconds. */
  get longestPause(): number {
    const { times } = this;
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  }

  /** The number of calls in a second, on average. */
  get rate(): number {
    const { times } = this;
    return times.length / ((times.at(-1) ?? 0) - (times[0] ?? 0) + 1);
  }

  private get times(): number[] {
    return this.calls.map((call) => Number.parseInt(call, 10));
  }

  async stop(): Promise<void> {
    const { pid, exitCode } = this.caller;
    if (pid === undefined || exitCode !== null) return;
    const ended = once(this.caller, 'exit');
    process.kill(-pid);
    await ended;
  }
}
