import { setTimeout as sleep } from 'node:timers/promises';
import { helloWorld } from '../mesh/hello-world';
import { MeshError } from '../mesh/mesh-error';
import { answeredVersion } from './hello-world-answer';
import type { LiveCluster } from './live-cluster';
import type { CallsObservation } from './observation';
import type { Deadline } from './time-bound';

/** How many calls follow each other quickly; later ones wait for something that takes its time. */
const quickCalls = 40;

/** The pauses between quick and later calls, in milliseconds. */
const quickPause = 100;
const laterPause = 2000;

/** How long one answer may take, in seconds. */
const answerSeconds = 5;

/**
 * Calls HelloWorld from a pod until every version that should has answered, or the time is over.
 *
 * @param pod the client
 * @param versions those that should answer
 */
export async function callHelloWorld(
  live: LiveCluster,
  pod: string,
  versions: readonly string[],
  deadline: Deadline,
): Promise<CallsObservation> {
  const answers: Record<string, number> = {};
  let failed = 0;
  let lastFailure: string | undefined;
  for (let calls = 1; ; calls++) {
    const answer = await callOnce(live, pod);
    const version = answeredVersion(answer);
    if (version !== undefined) answers[version] = (answers[version] ?? 0) + 1;
    else {
      failed += 1;
      lastFailure = answer;
    }
    if (versions.every((expected) => expected in answers) || deadline.passed) break;
    await sleep(calls < quickCalls ? quickPause : laterPause);
  }
  return { from: live.name, answers, failed, lastFailure };
}

/** What the client got, or what it says about getting nothing. */
async function callOnce(live: LiveCluster, pod: string): Promise<string> {
  const { namespace, client, service, port } = helloWorld;
  const url = `http://${service}.${namespace}:${port}/hello`;
  try {
    const { stdout, stderr } = await live.run({
      namespace,
      pod,
      container: client,
      command: ['curl', '--silent', '--show-error', '--max-time', String(answerSeconds), url],
      timeoutSeconds: 2 * answerSeconds,
    });
    return (stdout || stderr).trim();
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return error.problems.map(({ found }) => found).join(' ');
  }
}
