import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The program that starts the lab's clusters. */
export const lab = resolve(process.env.LAB ?? '../shared/lab/lab');

/** The kubeconfigs of clusters that the caller gives, which must be empty of Istio. */
const given = (process.env.E2E_KUBECONFIGS ?? '').split(/[\s:]+/).filter((path) => path !== '');

/** Where the clusters of the end-to-end tests come from; undefined where there are none to be had. */
export const clusterSource: 'given' | 'lab' | undefined =
  given.length > 1 ? 'given' : existsSync(lab) ? 'lab' : undefined;

/** How many clusters can take part. */
export const clusterCount = clusterSource === 'given' ? given.length : 3;

/** Starts fresh clusters, and returns the paths of their kubeconfigs. */
export function freshClusters(count: number): string[] {
  if (clusterSource === 'given') return given.slice(0, count);
  run(lab, ['fresh', String(count)]);
  return Array.from({ length: count }, (_, index) => run(lab, ['kubeconfig', String(index + 1)]).trim());
}

/** Stops the lab's clusters; clusters that the caller gave stay as they are. */
export function stopClusters(): void {
  if (clusterSource === 'lab') run(lab, ['down']);
}

/** The folder of the lab's istioctl; empty where istioctl is on the PATH. */
export function istioctlFolder(): string {
  return clusterSource === 'lab' ? run(lab, ['bin']).trim() : '';
}

/** The files of the CRDs of some projects beside the lab, such as gateway-api; empty where there are none. */
export function crdFiles(...projects: string[]): string[] {
  const folder = join(dirname(lab), 'crds');
  if (clusterSource !== 'lab' || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => projects.some((project) => file.startsWith(`${project}.`)))
    .map((file) => join(folder, file));
}

/** The file of the Sealed Secrets CRD beside the lab; undefined where there is none. */
export function sealedSecretsCrd(): string | undefined {
  const file = join(dirname(lab), 'crds', 'sealed-secrets.bitnami.com_sealedsecrets.yaml');
  return clusterSource === 'lab' && existsSync(file) ? file : undefined;
}

/**
 * Istio values that the lab's proxies need, which are plain Envoys without the filters of Istio's own
 * build; other clusters need none.
 */
export const clusterValues =
  clusterSource === 'lab'
    ? {
        telemetry: { enabled: false },
        pilot: {
          env: {
            PILOT_ENABLE_METADATA_EXCHANGE: 'false',
            PILOT_ENABLE_ALPN_FILTER: 'false',
            PILOT_DISABLE_MX_ALPN: 'true',
          },
        },
      }
    : {};

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
