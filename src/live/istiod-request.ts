import { istioSystem } from '../mesh/istio-names';
import type { LiveCluster } from './live-cluster';
import { undefinedIfRefused } from './timeout';

/** What istiod's program logs before it answers, such as a variable that it ignores. */
const logLines = /^\d{4}-\d{2}-\d{2}T\S+\t\w+\t.*\n/gm;

/**
 * The answer of one of istiod's own endpoints, such as `/debug/clusterz`; undefined if the pod does not answer, for
 * example because it is terminating.
 */
export async function askIstiod(live: LiveCluster, pod: string, path: string): Promise<string | undefined> {
  const command = ['pilot-discovery', 'request', 'GET', path];
  const result = await undefinedIfRefused(
    live.run({ namespace: istioSystem, pod, container: 'discovery', command, timeoutSeconds: 10 }),
  );
  return result?.exitCode === 0 ? result.stdout.replace(logLines, '') : undefined;
}
