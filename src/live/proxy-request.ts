import type { LiveCluster } from './live-cluster';
import type { PodLocation } from './pod-command';
import { undefinedIfRefused } from './timeout';

/**
 * The answer of the administration interface of Envoy in a pod, such as that of `config_dump`; empty if the proxy does not
 * answer.
 *
 * @param location the container of the proxy
 */
export async function askProxy(
  live: LiveCluster,
  location: PodLocation,
  path: string,
  timeoutSeconds: number,
): Promise<string> {
  const { namespace, pod, container } = location;
  const command = ['pilot-agent', 'request', 'GET', path];
  const result = await undefinedIfRefused(live.run({ namespace, pod, container, command, timeoutSeconds }));
  return result?.stdout ?? '';
}
