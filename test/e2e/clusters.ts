import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The program that starts local clusters. */
export const lab = resolve(process.env.LAB ?? '../shared/lab/lab');

/** The kubeconfigs of the caller's clusters, which must not have Istio. */
const callerKubeconfigs = (process.env.E2E_KUBECONFIGS ?? '').split(/[\s:]+/).filter((path) => path !== '');

/** The source of the clusters of the end-to-end tests; undefined if there are none. */
export const clusterSource: 'given' | 'lab' | undefined =
  callerKubeconfigs.length > 1 ? 'given' : existsSync(lab) ? 'lab' : undefined;

/** The number of available clusters. */
export const clusterCount = clusterSource === 'given' ? callerKubeconfigs.length : 3;

/** Starts fresh clusters, and returns the paths of their kubeconfigs. */
export function freshClusters(count: number): string[] {
  if (clusterSource === 'given') return callerKubeconfigs.slice(0, count);
  run(lab, ['fresh', String(count)]);
  return Array.from({ length: count }, (_, index) => run(lab, ['kubeconfig', String(index + 1)]).trim());
}

/** Stops local clusters. Clusters of the caller keep running. */
export function stopClusters(): void {
  if (clusterSource === 'lab') run(lab, ['down']);
}

/** The folder of istioctl; empty if istioctl is on the PATH. */
export function istioctlFolder(): string {
  return clusterSource === 'lab' ? run(lab, ['bin']).trim() : '';
}

/** The files with the CRDs of projects such as gateway-api; empty if they are not available. */
export function crdFiles(...projects: string[]): string[] {
  const folder = join(dirname(lab), 'crds');
  if (clusterSource !== 'lab' || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => projects.some((project) => file.startsWith(`${project}.`)))
    .map((file) => join(folder, file));
}

/** The file with the CRD of Sealed Secrets; undefined if it is not available. */
export function sealedSecretsCrd(): string | undefined {
  const file = join(dirname(lab), 'crds', 'sealed-secrets.bitnami.com_sealedsecrets.yaml');
  return clusterSource === 'lab' && existsSync(file) ? file : undefined;
}

/**
 * Istio's Helm values for local clusters, whose proxies are Envoy without the filters of Istio's build.
 * Other clusters need none.
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

/** The values for clusters with ambient mode, where proxies also lack the filter that reads the metadata of peers. */
export const ambientValues =
  clusterSource === 'lab'
    ? {
        ...clusterValues,
        pilot: { env: { ...clusterValues.pilot?.env, AMBIENT_ENABLE_BAGGAGE: 'false' } },
      }
    : clusterValues;

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
