import { isAbsolute, relative } from 'node:path';
import { type ExistingMeshOptions, existingMesh } from '../init/existing/existing-mesh';
import type { ExistingMesh } from '../init/existing/merged-definition';
import type { HelmValues } from '../mesh/helm-values';
import { MeshError, type Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { refuseOneCluster } from './distinct-clusters';
import { type Installation, readInstallation } from './installation';
import { LiveCluster } from './live-cluster';

/** A context of a kubeconfig, and the name of its cluster if Istio has none. */
export interface ClusterContext {
  readonly context: string;
  /**
   * @default - the name with which Istio runs
   */
  readonly cluster?: string;
}

/** Options of {@link runningMesh}. */
export interface RunningMeshOptions extends ExistingMeshOptions {
  /**
   * The kubeconfig with the contexts.
   * @default - the file in KUBECONFIG, else ~/.kube/config
   */
  readonly kubeconfig?: string;
  /**
   * The folder of the new mesh.yaml, at which a relative path of the kubeconfig starts there.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * @default - no progress is reported
   */
  readonly progress?: Progress;
}

interface Read extends ClusterContext {
  readonly live: LiveCluster;
  readonly installation: Installation;
}

interface Named extends Read {
  readonly name: string;
}

/**
 * Makes a mesh definition from the installations of Istio in running clusters. It only reads.
 *
 * @throws MeshError with the problems of all clusters
 */
export async function runningMesh(
  contexts: readonly ClusterContext[],
  options: RunningMeshOptions = {},
): Promise<ExistingMesh> {
  const read = await readAll(contexts, options);
  refuseOneCluster(read.map(({ live }) => live));
  const named = read.map((each) => ({ ...each, name: each.cluster ?? each.installation.cluster ?? '' }));
  MeshError.throwIfAny(named.filter(({ name }) => name === '').map(nameMissing));
  const parts = named.flatMap(({ name, installation }) =>
    installation.parts.map((part) => ({ ...part, cluster: name })),
  );
  const networks = Object.fromEntries(
    named.flatMap(({ name, installation: { network } }) => (network === undefined ? [] : [[name, network]])),
  );
  const existing = existingMesh(parts, {
    ...options,
    networks: { ...options.networks, ...networks },
    access: Object.fromEntries(
      named.map((each) => [each.name, accessOf(each, named, shownKubeconfig(options))]),
    ),
  });
  return {
    ...existing,
    notes: [...existing.notes, ...named.flatMap(({ installation }) => installation.notes)],
  };
}

async function readAll(contexts: readonly ClusterContext[], options: RunningMeshOptions): Promise<Read[]> {
  const { kubeconfig, progress = silent } = options;
  const problems: Problem[] = [];
  const read = await Promise.all(
    contexts.map(async ({ context, cluster }): Promise<Read[]> => {
      try {
        progress(`Reading ${context}`);
        const live = await LiveCluster.find({ name: context, context, kubeconfig }, '.');
        await live.connect();
        return [{ context, cluster, live, installation: await readInstallation(live) }];
      } catch (error) {
        if (!(error instanceof MeshError)) throw error;
        problems.push(...error.problems.slice(0, 1));
        return [];
      }
    }),
  );
  MeshError.throwIfAny(problems);
  return read.flat();
}

function nameMissing({ context }: ClusterContext): Problem {
  return {
    code: 'INIT-MISSING',
    location: { file: context },
    message: 'Istio runs without the name of its cluster.',
    hint: `Write a name before the context, such as --from-cluster cluster1=${context}. Istio's name is Kubernetes as long as it has none.`,
  };
}

function shownKubeconfig({ kubeconfig, directory = '.' }: RunningMeshOptions): string | undefined {
  if (kubeconfig === undefined || isAbsolute(kubeconfig)) return kubeconfig;
  return relative(directory, kubeconfig);
}

/** How this machine and the other clusters reach a cluster. */
function accessOf(cluster: Named, all: readonly Named[], kubeconfig: string | undefined): HelmValues {
  const { name, context, installation, live } = cluster;
  const others = all.filter((other) => other !== cluster);
  const peers = others.map((other) => other.name).filter((other) => installation.peers.has(other));
  const readsAll = peers.length === 0 || peers.length === others.length;
  // The others may reach it at another address than this machine.
  const server = others
    .map((other) => other.installation.peers.get(name))
    .find((address) => address !== undefined);
  return {
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    context,
    ...(server === undefined || server === live.server ? {} : { server }),
    ...(readsAll ? {} : { peers }),
  };
}
