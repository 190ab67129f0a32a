import { resolve } from 'node:path';
import { istioSystem, readerServiceAccount } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import {
  remoteFile,
  shownRemoteFile,
  type Written,
  writePublicFile,
  writeRemoteFile,
} from '../remotes/remote-file';
import { formatRemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { selectClusters } from './cluster-selection';
import { Connection } from './connection';
import { fetchReaderKubeconfig } from './reader-kubeconfig';
import { fetchSealingCertificate, hasSealedSecrets } from './sealing-certificate';

/** How clusters are joined. */
export interface JoinOptions {
  /**
   * The folder at which the definition's relative paths start.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The names of the clusters to join.
   * @default - all of the mesh
   */
  readonly clusters?: readonly string[];
  /**
   * Told what is being done.
   * @default - nobody is told
   */
  readonly progress?: Progress;
  /**
   * For how long each cluster may take to issue a token, in seconds.
   * @default - 60
   */
  readonly timeoutSeconds?: number;
}

/** What joining did with one cluster. */
export interface JoinedCluster {
  readonly cluster: string;
  /** The address that the other clusters will use; absent where joining failed. */
  readonly server?: string;
  /** The account as which they will read it, as `namespace/name`. */
  readonly account: string;
  /** The kubeconfig, as mesh.yaml names its folder. */
  readonly file: string;
  readonly status: Written | 'failed';
  /**
   * The certificate of the Sealed Secrets controller.
   * @default - none, where no Secret of the cluster is sealed
   */
  readonly sealingCertificate?: FetchedCertificate;
}

/** What fetching the certificate of a Sealed Secrets controller did. */
export interface FetchedCertificate {
  /** Its file, as mesh.yaml names it. */
  readonly file: string;
  readonly status: Written | 'failed';
}

/** What joining did. */
export interface JoinReport {
  /** In the order of the mesh. */
  readonly clusters: readonly JoinedCluster[];
  /** Why clusters could not be joined; empty where all were. */
  readonly problems: readonly Problem[];
}

/**
 * Fetches from each cluster a kubeconfig with which the others may read it, and where its Secrets are
 * sealed, the certificate for which they are encrypted; and writes both for the next synthesis. One
 * cluster that fails does not keep the others from being joined.
 *
 * @throws MeshError for a name that no cluster of the mesh has
 * @see https://istio.io/latest/docs/reference/commands/istioctl/#istioctl-create-remote-secret
 */
export async function join(mesh: Mesh, options: JoinOptions = {}): Promise<JoinReport> {
  const outcomes = await Promise.all(
    selectClusters(mesh, options.clusters).map((cluster) => joinCluster(mesh, cluster, options)),
  );
  return {
    clusters: outcomes.map(({ joined }) => joined),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}

async function joinCluster(
  mesh: Mesh,
  cluster: Cluster,
  options: JoinOptions,
): Promise<{ joined: JoinedCluster; problems: readonly Problem[] }> {
  const connection = new Connection(cluster, options.directory ?? '.', options.progress ?? silent);
  const file = shownRemoteFile(mesh, cluster.name);
  const row = { cluster: cluster.name, account: `${istioSystem}/${readerServiceAccount}`, file };
  const [kubeconfig, certificate] = await Promise.all([
    outcomeOf(writeKubeconfig(mesh, cluster, connection, options)),
    hasSealedSecrets(cluster) ? outcomeOf(writeCertificate(cluster, connection, options)) : undefined,
  ]);
  const sealingCertificate: FetchedCertificate | undefined = certificate && {
    file: cluster.secrets.sealedSecrets.certificate,
    status: certificate.result ?? 'failed',
  };
  const problems = [...kubeconfig.problems, ...(certificate?.problems ?? [])];
  return {
    joined: {
      ...row,
      ...(kubeconfig.result ?? { status: 'failed' }),
      ...(sealingCertificate && { sealingCertificate }),
    },
    problems: problems.filter((problem, index) => problems.indexOf(problem) === index),
  };
}

/** A result, or the problems for which there is none. */
async function outcomeOf<T>(work: Promise<T>): Promise<{ result?: T; problems: readonly Problem[] }> {
  try {
    return { result: await work, problems: [] };
  } catch (error) {
    if (error instanceof MeshError) return { problems: error.problems };
    throw error;
  }
}

async function writeKubeconfig(
  mesh: Mesh,
  cluster: Cluster,
  connection: Connection,
  options: JoinOptions,
): Promise<{ server: string; status: Written }> {
  const { directory = '.', progress = silent, timeoutSeconds = 60 } = options;
  const kubeconfig = await fetchReaderKubeconfig(cluster, connection, progress, timeoutSeconds);
  const text = formatRemoteKubeconfig(cluster.name, kubeconfig);
  const shown = shownRemoteFile(mesh, cluster.name);
  const status = written(shown, () => writeRemoteFile(remoteFile(mesh, directory, cluster.name), text));
  return { server: kubeconfig.server, status };
}

async function writeCertificate(
  cluster: Cluster,
  connection: Connection,
  { directory = '.', progress = silent }: JoinOptions,
): Promise<Written> {
  const { certificate } = cluster.secrets.sealedSecrets;
  const live = await connection.connect();
  progress(`Fetching the certificate of the Sealed Secrets controller of ${cluster.name}`);
  const text = await fetchSealingCertificate(live, cluster);
  return written(certificate, () => writePublicFile(resolve(directory, certificate), text));
}

function written(shown: string, write: () => Written): Written {
  try {
    return write();
  } catch (error) {
    const message = `It cannot be written: ${(error as NodeJS.ErrnoException).code}.`;
    const hint = 'See that its folder may be written, then run istio-mesh join again.';
    throw new MeshError([{ code: 'LIVE-WRITE', location: { file: shown }, message, hint }]);
  }
}
