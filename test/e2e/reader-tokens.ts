import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Workplace } from './workplace';

/** The tokens with which istiods of other clusters read clusters. */
export function readerTokens(workplace: Workplace, clusters: readonly string[]): string[] {
  return clusters.map((cluster) => remoteOf(workplace, cluster).users[0].user.token);
}

/** The HTTP statuses with which the API servers of clusters answer a list of Services. */
export function statusesWith(
  tokens: readonly string[],
  workplace: Workplace,
  clusters: readonly string[],
): number[] {
  return clusters.map((cluster, index) => {
    const { server } = remoteOf(workplace, cluster).clusters[0].cluster;
    const request = `curl -sS -k -o answer.json -w '%{http_code}' -H @- ${server}/api/v1/services?limit=1`;
    return Number(workplace.run(`${request} <<< 'Authorization: Bearer ${tokens[index]}'`));
  });
}

function remoteOf({ folder }: Workplace, cluster: string) {
  return parse(readFileSync(join(folder, `remotes/${cluster}.yaml`), 'utf8'));
}
