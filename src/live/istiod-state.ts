import type { V1Deployment } from '@kubernetes/client-node';
import { defaultRevision, istioSystem } from '../mesh/istio-names';
import { askIstiod } from './istiod-request';
import type { LiveCluster } from './live-cluster';
import type { MeshConfig } from './mesh-config';
import { observePods } from './observe-pods';

/** The istiod of one revision, as it runs. */
export interface IstiodState {
  readonly revision: string;
  /** The image in its Deployment. */
  readonly image: string;
  /** The number of pods in its Deployment. */
  readonly desired: number;
  /** The number of ready pods. */
  readonly ready: number;
  /** What each ready pod says; pods that do not answer are absent. */
  readonly pods: readonly IstiodPodState[];
}

/** What one istiod pod says about itself. */
interface IstiodPodState {
  readonly pod: string;
  /** The version of the program, such as 1.31.0. */
  readonly version: string;
  /** The mesh configuration that it runs with. */
  readonly meshConfig: MeshConfig;
  readonly connected: readonly ConnectedProxy[];
}

/** A proxy that is connected to an istiod pod. */
interface ConnectedProxy {
  /** The name of its pod, and its namespace: `curl-1.sample`. */
  readonly id: string;
  readonly version: string;
  readonly clusterID: string;
}

/** Observes the istiods of all revisions in a cluster. */
export async function observeIstiods(live: LiveCluster): Promise<IstiodState[]> {
  const deployments = await live.list<V1Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: istioSystem,
    labels: { app: 'istiod' },
  });
  return Promise.all(deployments.map((deployment) => observeIstiod(live, deployment)));
}

async function observeIstiod(live: LiveCluster, { metadata, spec }: V1Deployment): Promise<IstiodState> {
  const pods = await observePods(live, istioSystem, spec?.selector.matchLabels ?? {});
  const ready = pods.filter((pod) => pod.ready);
  const states = await Promise.all(ready.map(({ name }) => observeIstiodPod(live, name)));
  return {
    revision: metadata?.labels?.['istio.io/rev'] ?? defaultRevision,
    image: spec?.template.spec?.containers.find(({ name }) => name === 'discovery')?.image ?? '',
    desired: spec?.replicas ?? 1,
    ready: ready.length,
    pods: states.filter((state) => state !== undefined),
  };
}

async function observeIstiodPod(live: LiveCluster, pod: string): Promise<IstiodPodState | undefined> {
  const [version, meshConfig, connected] = await Promise.all(
    ['/version', '/debug/mesh', '/debug/syncz'].map((path) => askIstiod(live, pod, path)),
  );
  if (version === undefined || meshConfig === undefined || connected === undefined) return undefined;
  try {
    return {
      pod,
      version: parseVersion(version),
      meshConfig: JSON.parse(meshConfig),
      connected: parseConnected(connected),
    };
  } catch {
    return undefined;
  }
}

/**
 * The version in istiod's own form, such as 1.31.0-unknown-Clean: version, git revision and state of the build. Versions
 * of builds that are not releases have a date, as those of proxies do.
 */
export function parseVersion(text: string): string {
  return /^\d+\.\d+\.\d+(-\d{8}|-(alpha|beta|rc)\.[\w]+)?/.exec(text.trim())?.[0] ?? text.trim();
}

/** Parses a response of istiod's debug endpoint `syncz`. */
function parseConnected(text: string): ConnectedProxy[] {
  const entries = JSON.parse(text) as readonly Readonly<Record<string, unknown>>[] | null;
  return (entries ?? []).map(({ proxy, istio_version: version, cluster_id: clusterID }) => ({
    id: String(proxy),
    version: String(version ?? ''),
    clusterID: String(clusterID ?? ''),
  }));
}
