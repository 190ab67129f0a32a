import { gunzipSync } from 'node:zlib';
import type { V1Secret } from '@kubernetes/client-node';
import type { HelmValues } from '../mesh/helm-values';
import type { LiveCluster } from './live-cluster';

/** A release of a chart, with the values of its user. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values: HelmValues;
}

/** What Helm writes into the Secret of a release. */
interface StoredRelease {
  readonly name: string;
  readonly namespace: string;
  readonly config?: HelmValues;
  readonly chart?: { readonly metadata?: { readonly name?: string; readonly version?: string } };
}

/** The releases of some charts that Helm has deployed in a cluster. */
export async function helmReleases(live: LiveCluster, charts: readonly string[]): Promise<HelmRelease[]> {
  const secrets = await live.list<V1Secret>({
    apiVersion: 'v1',
    kind: 'Secret',
    labels: { owner: 'helm', status: 'deployed' },
  });
  return secrets
    .flatMap(({ data = {} }) => releaseOf(data.release ?? ''))
    .filter(({ chart }) => charts.includes(chart));
}

/** A release is compressed JSON in base64, and the data of a Secret is in base64 again. */
function releaseOf(data: string): HelmRelease[] {
  try {
    const compressed = Buffer.from(Buffer.from(data, 'base64').toString('latin1'), 'base64');
    const {
      name,
      namespace,
      config = {},
      chart,
    } = JSON.parse(gunzipSync(compressed).toString('utf8')) as StoredRelease;
    const { name: chartName = '', version = '' } = chart?.metadata ?? {};
    return [{ name, namespace, chart: chartName, version, values: config ?? {} }];
  } catch {
    // Another program than Helm may use its labels.
    return [];
  }
}
