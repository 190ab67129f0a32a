import { z } from 'zod';
import { integer, matching } from '../schema-types';
import { apiObject, oneFieldOf, oneFieldOrNoneOf } from './api-object';

/**
 * How the kubelet asks a container whether it is ready, and what it does as the container starts and stops.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe
 */

const seconds = integer(0, 2_147_483_647);
const positive = integer(1, 2_147_483_647);
const portNumber = integer(1, 65_535);
const portHint = 'Write a port from 1 to 65535, or the name of a port.';

/** The name of a port: at most 15 characters, at least one of them a letter. */
const portName = matching(
  /^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 15 of them.',
).refine((name) => /[a-z]/.test(name) && !name.includes('--'), {
  error: 'Write a name with a letter and single hyphens, such as http-metrics.',
});

const portOrName = z.union([portNumber, portName], { error: portHint });

function httpGet() {
  const header = z.strictObject({
    name: matching(/^[-A-Za-z0-9!#$%&'*+.^_`|~]+$/, 'Write the name of an HTTP header.'),
    value: z.string(),
  });
  return apiObject(
    { port: portOrName },
    {
      path: z.string(),
      host: z.string(),
      scheme: z.enum(['', 'HTTP', 'HTTPS']),
      httpHeaders: z.array(header),
    },
  );
}

function handlers() {
  return {
    exec: z.strictObject({ command: z.array(z.string()).min(1, { error: 'Write a command.' }) }),
    httpGet: httpGet(),
    tcpSocket: apiObject({ port: portOrName }, { host: z.string() }),
  };
}

/** A probe of a container. */
export function probe() {
  return oneFieldOf(probeTimes(), probeHandlers(), 'A probe');
}

/** The fields of a probe that are merged over those of another one, which has the handler. */
export function probeChange() {
  return oneFieldOrNoneOf(probeTimes(), probeHandlers(), 'A probe');
}

function probeTimes() {
  return {
    initialDelaySeconds: seconds.nullish(),
    timeoutSeconds: seconds.nullish(),
    periodSeconds: seconds.nullish(),
    successThreshold: seconds.nullish(),
    failureThreshold: seconds.nullish(),
    terminationGracePeriodSeconds: positive.nullish(),
  };
}

function probeHandlers() {
  return { ...handlers(), grpc: apiObject({ port: portNumber }, { service: z.string() }) };
}

/** What a container does after it starts, and before it stops. */
export function lifecycle() {
  const sleep = z.strictObject({ seconds });
  const handler = oneFieldOf({}, { ...handlers(), sleep }, 'A handler');
  return apiObject(
    {},
    { postStart: handler, preStop: handler, stopSignal: matching(/^SIG[A-Z0-9+-]+$/, 'Write SIGTERM.') },
  );
}

/** A port of a container. */
export function containerPort() {
  return apiObject(
    { containerPort: portNumber },
    {
      name: portName,
      protocol: z.enum(['', 'TCP', 'UDP', 'SCTP']),
      hostPort: integer(0, 65_535),
      hostIP: z.string(),
    },
  );
}
