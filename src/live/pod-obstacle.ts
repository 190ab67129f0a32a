import type { CoreV1Event, V1ContainerStateWaiting, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { LiveCluster } from './live-cluster';
import { undefinedIfRefused } from './timeout';

/** Why a pod is not ready. */
export interface Obstacle {
  /** A sentence. */
  readonly reason: string;
  /** Whether it may disappear without a change by the user. */
  readonly mayPass: boolean;
}

/** How long a pod may take to get its volumes, in seconds: a controller may still create a Secret. */
const volumeSeconds = 20;

/** Waiting reasons of a container that is about to start. */
const startingReasons = ['ContainerCreating', 'PodInitializing'];

/** Why a pod is not ready; undefined if it is. */
export async function observeObstacle(live: LiveCluster, pod: V1Pod): Promise<Obstacle | undefined> {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const condition = (name: string) => conditions.find(({ type }) => type === name);
  if (condition('Ready')?.status === 'True' || pod.metadata?.deletionTimestamp !== undefined)
    return undefined;
  const where = `${pod.metadata?.namespace}/${pod.metadata?.name}`;
  const scheduled = condition('PodScheduled');
  if (scheduled?.status === 'False') {
    return { reason: `Pod ${where} is not scheduled: ${asSentence(scheduled.message)}`, mayPass: true };
  }
  // An init container, such as a native sidecar, keeps those after it from starting.
  for (const status of [...initContainerStatuses, ...containerStatuses]) {
    const obstacle = await containerObstacle(live, pod, where, status);
    if (obstacle !== undefined) return obstacle;
  }
  return { reason: `Pod ${where} is not ready: it does not pass its readiness probe.`, mayPass: true };
}

async function containerObstacle(
  live: LiveCluster,
  pod: V1Pod,
  where: string,
  status: V1ContainerStatus,
): Promise<Obstacle | undefined> {
  const { name, restartCount, ready, state = {}, lastState = {} } = status;
  const exit = state.terminated ?? lastState.terminated;
  if (exit !== undefined && exit.exitCode !== 0 && !ready) {
    const said = exit.message || (await lastError(live, pod, status));
    const details = said === undefined ? '' : ` Its last message is: ${asSentence(said)}`;
    if (name === validation) return notRedirected(where);
    const reason = `Container ${name} of pod ${where} crashes (${exit.reason ?? 'Error'}, exit status ${exit.exitCode}, ${restartCount} restarts).${details}`;
    // The first exit can be that of a container that starts before what it needs.
    return { reason, mayPass: restartCount < 2 };
  }
  const { waiting } = state;
  if (waiting?.reason === undefined) return undefined;
  if (startingReasons.includes(waiting.reason)) return startObstacle(live, pod, where);
  const details = waiting.message === undefined ? '' : `: ${waiting.message}`;
  return {
    reason: `Container ${name} of pod ${where} does not start: ${asSentence(`${waiting.reason}${details}`)}`,
    mayPass: mayStart(waiting, ageOf(pod)),
  };
}

/** The init container that fails where the CNI node agent has not redirected the traffic of the pod. */
const validation = 'istio-validation';

/** The node agent repairs such pods when it is ready. */
function notRedirected(where: string): Obstacle {
  const reason = `Container ${validation} of pod ${where} fails: the CNI node agent was not ready on the node when the pod started, so its traffic is not redirected. The node agent repairs the pod within minutes. Otherwise check that it runs on the node, and delete the pod.`;
  return { reason, mayPass: true };
}

/** How long what a container needs may be missing, in seconds: registries fail for moments, controllers create Secrets. */
const startSeconds = 30;

/** What a registry answers if it does not have the image, or does not give it to this cluster. */
const refusal =
  /not found|manifest unknown|denied|unauthorized|authentication required|forbidden|no basic auth|no match for platform/i;

/**
 * Whether a container that waits may still start without a change by the user.
 *
 * @param seconds the age of its pod
 */
export function mayStart({ reason = '', message = '' }: V1ContainerStateWaiting, seconds: number): boolean {
  switch (reason) {
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return false;
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return seconds < startSeconds && !refusal.test(message);
    default:
      return seconds < startSeconds;
  }
}

function ageOf({ metadata }: V1Pod): number {
  return (Date.now() - new Date(metadata?.creationTimestamp ?? Date.now()).getTime()) / 1000;
}

/** What keeps a pod from starting, such as a missing Secret, is only in an event. */
async function startObstacle(live: LiveCluster, pod: V1Pod, where: string): Promise<Obstacle> {
  const { name, namespace } = pod.metadata ?? {};
  const fieldSelector = `involvedObject.name=${name}`;
  const events = await undefinedIfRefused(
    live.list<CoreV1Event>({ apiVersion: 'v1', kind: 'Event', namespace, fieldSelector }),
  );
  const event = newestEvent(events ?? []);
  return event?.type === 'Warning'
    ? {
        reason: `Pod ${where} does not start: ${asSentence(`${event.reason}: ${event.message}`)}`,
        mayPass: mayMount(event, ageOf(pod)),
      }
    : { reason: `Pod ${where} is starting.`, mayPass: true };
}

/** The last event: an earlier failure is over once an image is pulled. */
export function newestEvent(events: readonly CoreV1Event[]): CoreV1Event | undefined {
  const time = ({ lastTimestamp, eventTime, firstTimestamp }: CoreV1Event) =>
    new Date(lastTimestamp ?? eventTime ?? firstTimestamp ?? 0).getTime();
  return [...events].sort((one, other) => time(one) - time(other)).at(-1);
}

/** What a volume needs and the cluster does not have. Other failures, of mounts and of probes, may pass. */
const missing = /not found|non-existent|does not exist|no such/i;

/**
 * Whether a pod with this event may still start without a change by the user.
 *
 * @param seconds the age of the pod
 */
export function mayMount({ reason, message = '' }: CoreV1Event, seconds: number): boolean {
  return seconds < volumeSeconds || reason !== 'FailedMount' || !missing.test(message);
}

/** The last line of the log that looks like an error, or the last line of all. */
async function lastError(
  live: LiveCluster,
  { metadata }: V1Pod,
  { name, state }: V1ContainerStatus,
): Promise<string | undefined> {
  const log = await undefinedIfRefused(
    live.readLog({
      namespace: metadata?.namespace ?? '',
      pod: metadata?.name ?? '',
      container: name,
      previous: state?.terminated === undefined,
      lines: 100,
    }),
  );
  return errorLine(log ?? '');
}

/** The line of a log that says why a program ended. Programs print their usage after an error. */
export function errorLine(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => /\b(error|fatal|panic|fail(ed|ure)?)\b/i.test(line)).at(-1) ?? lines.at(-1);
}

/** A text from a cluster on one line, not too long, with a full stop. */
function asSentence(text = 'no reason given'): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  const short = line.length > 400 ? `${line.slice(0, 400)}…` : line;
  return short.replace(/\.?$/, '.');
}
