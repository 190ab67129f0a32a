import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from './workplace';

/**
 * A call that fails is tried once more, as clients do: a gateway that is replaced closes the connections
 * through it, and Envoy then gives up the call that is under way, whoever installs the gateway. The loop
 * ends when nobody reads what it prints, so that no client calls on for a caller that is gone.
 */
const loop = `
call() { curl -sS --max-time 5 -w " status %{http_code}" helloworld.sample:5000/hello 2>&1; }
while
  answer=$(call)
  case $answer in
    *" status 200") echo $(date +%s) $answer;;
    *) echo $(date +%s) tried again: $answer; echo $(date +%s) $(call);;
  esac
do sleep 0.1; done`;

const answered = /version: v\d+, instance: \S+ status 200$/;
const triedAgain = /^\d+ tried again: /;

/** Calls HelloWorld from the client of one cluster without pause, until it is stopped. */
export class HelloWorldCalls {
  private readonly log: string;
  private readonly caller: ChildProcess;

  constructor(workplace: Workplace, cluster: string) {
    const log = `calls-from-${cluster}.log`;
    const kubectl = `kubectl --kubeconfig ${cluster}.kubeconfig -n sample`;
    this.log = join(workplace.folder, log);
    // A client that restarts hands over to its successor; a call that ended with it was never answered.
    this.caller = workplace.start(
      `while :; do ${kubectl} exec deploy/curl -c curl -- sh -c '${loop}'; done`,
      log,
    );
  }

  /** What the client saw of each call until now, after the time in seconds. */
  get calls(): string[] {
    return readFileSync(this.log, 'utf8').split('\n').slice(0, -1);
  }

  /** Those that HelloWorld did not answer, at the second try neither. */
  get failures(): string[] {
    return this.calls.filter((call) => !answered.test(call) && !triedAgain.test(call));
  }

  /** Those that took a second try. */
  get repeated(): string[] {
    return this.calls.filter((call) => triedAgain.test(call));
  }

  /** The longest time between two calls, in seconds. */
  get longestPause(): number {
    const times = this.calls.map((call) => Number.parseInt(call, 10));
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  }

  async stop(): Promise<void> {
    const { pid, exitCode } = this.caller;
    if (pid === undefined || exitCode !== null) return;
    const ended = once(this.caller, 'exit');
    process.kill(-pid);
    await ended;
  }
}
