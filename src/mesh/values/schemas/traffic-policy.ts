import { z } from 'zod';
import { integer } from '../../schema-types';
import { count, flag, text } from './common';
import { anyDuration, durationWithin, positiveDuration } from './durations';
import { type Check, message } from './proto-json';

const percentage = integer(0, 100);

/** The shape of `tcpKeepalive`. */
export function tcpKeepalive() {
  return message({ probes: count, time: positiveDuration, interval: positiveDuration });
}

/** The shape of `defaultTrafficPolicy`. */
export function defaultTrafficPolicy() {
  return message({ connectionPool: connectionPool(), outlierDetection: outlierDetection() });
}

function connectionPool() {
  const tcp = message({
    maxConnections: count,
    connectTimeout: positiveDuration,
    tcpKeepalive: tcpKeepalive(),
    maxConnectionDuration: positiveDuration,
    idleTimeout: durationWithin({ unit: 'ms' }),
  });
  const http = message(
    {
      http1MaxPendingRequests: count,
      http2MaxRequests: count,
      maxRequestsPerConnection: count,
      maxRetries: count,
      idleTimeout: positiveDuration,
      h2UpgradePolicy: z.enum(['DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE']),
      useClientProtocol: flag,
      maxConcurrentStreams: count,
      http2KeepAlive: message({ interval: anyDuration, timeout: anyDuration }),
    },
    ({ useClientProtocol, h2UpgradePolicy }, report) => {
      if (useClientProtocol !== true || h2UpgradePolicy !== 'UPGRADE') return;
      const message = 'useClientProtocol and h2UpgradePolicy: UPGRADE exclude each other.';
      report(['useClientProtocol'], message, 'Remove one of them.');
    },
  );
  return message({ tcp, http }, (pool, report) => {
    if (pool.tcp !== undefined || pool.http !== undefined) return;
    report(
      [],
      'connectionPool has no settings, which Istio refuses.',
      'Add tcp or http, or remove connectionPool.',
    );
  });
}

function outlierDetection() {
  return message(
    {
      consecutiveErrors: count,
      splitExternalLocalOriginErrors: flag,
      consecutiveLocalOriginFailures: count,
      consecutiveGatewayErrors: count,
      consecutive5xxErrors: count,
      interval: positiveDuration,
      baseEjectionTime: positiveDuration,
      maxEjectionPercent: percentage,
      minHealthPercent: percentage,
      outlierDetectionHttpErrorCodes: z.array(count),
    },
    splitErrors,
  );
}

const splitErrors: Check = ({ consecutiveLocalOriginFailures, splitExternalLocalOriginErrors }, report) => {
  if (!consecutiveLocalOriginFailures || splitExternalLocalOriginErrors === true) return;
  const message = 'consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true.';
  report(
    ['consecutiveLocalOriginFailures'],
    message,
    'Add splitExternalLocalOriginErrors: true, or remove it.',
  );
};

/** The conditions for a retry that Envoy knows, besides HTTP status codes. */
const retryConditions = [
  ...['5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx'],
  ...['refused-stream', 'retriable-status-codes', 'retriable-headers', 'envoy-ratelimited'],
  ...['http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted'],
  'unavailable',
];

const retryOn = text.refine(
  (conditions) =>
    conditions === '' ||
    conditions.split(',').every((each) => retryConditions.includes(each) || /^[1-5]\d\d$/.test(each)),
  { error: 'Write conditions with commas and without spaces, such as connect-failure,503.' },
);

/** The shape of `defaultHttpRetryPolicy`. */
export function httpRetryPolicy() {
  return message({
    attempts: count,
    perTryTimeout: positiveDuration,
    retryOn,
    retryRemoteLocalities: flag,
    retryIgnorePreviousHosts: flag,
    backoff: positiveDuration,
  });
}
