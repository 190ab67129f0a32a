import { resolve } from 'node:path';
import type { V1Secret } from '@kubernetes/client-node';
import { replaceFile, type WriteResult } from '../files/atomic-file';
import { caCertsSecretName, istioSystem, readerServiceAccount } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { caCertsFiles } from '../pki/ca-certs';
import { MeshError, type Problem } from '../problems/problem';
import { silent } from '../problems/progress';
import { writeJoinedRoot } from '../remotes/joined-roots';
import { lockingRemotes } from '../remotes/locked-remotes';
import { isTokenDue, lifetimeOf } from '../remotes/reader-token';
import { remoteFile, shownRemoteFile, writeRemoteFile } from '../remotes/remote-file';
import { formatRemoteKubeconfig, tokenOf } from '../remotes/remote-kubeconfig';
import { readRemote } from '../remotes/remotes-folder';
import type { AcceptedChange } from '../secrets/encryption/accept-recipients';
import { acceptFetchedCertificates } from '../secrets/encryption/load-encryption';
import { type ConnectedCluster, connectAll } from './connected-cluster';
import { refuseSharedContexts } from './distinct-clusters';
import type { LiveCluster } from './live-cluster';
import { type LiveOptions, selectClusters } from './live-options';
import { fetchReaderKubeconfig, publicApiServer } from './reader-kubeconfig';
import { fetchSealingCertificate, hasSealedSecrets } from './sealing-certificate';
import { durationWarnings } from './tokens/duration-warnings';
import { definedVersionWarnings } from './tokens/secret-change-warnings';

/** Options of {@link join}. */
export interface JoinOptions extends LiveOptions {
  /**
   * The time limit for a cluster to issue a token, in seconds.
   * @default - 60
   */
  readonly timeoutSeconds?: number;
  /**
   * Which clusters to join: `all`, or those that are not joined or whose token expires soon.
   * @default - all
   */
  readonly tokens?: 'all' | 'due';
}

/** The result of joining one cluster. */
export interface JoinedCluster {
  readonly cluster: string;
  /** The address that the other clusters connect to; absent if joining failed. */
  readonly server?: string;
  /** The account that the other clusters use, as `namespace/name`. */
  readonly account: string;
  /** The file of the kubeconfig, relative to mesh.yaml. */
  readonly file: string;
  readonly status: WriteResult | 'failed' | 'not due';
  /**
   * When the token expires, as an ISO 8601 date.
   * @default - it does not expire, or is not known
   */
  readonly expires?: string;
  /**
   * The certificate of the Sealed Secrets controller.
   * @default - none, if the cluster does not use the backend sealed-secrets
   */
  readonly sealingCertificate?: FetchedCertificate;
}

/** The result of fetching the certificate of a Sealed Secrets controller. */
export interface FetchedCertificate {
  /** The file of the certificate, relative to mesh.yaml. */
  readonly file: string;
  readonly status: WriteResult | 'failed';
}

/** The result of joining clusters. */
export interface JoinReport {
  /** In the order of the mesh. */
  readonly clusters: readonly JoinedCluster[];
  /** Why clusters could not be joined; empty if all were joined. */
  readonly problems: readonly Problem[];
  /**
   * The clusters whose certificate to encrypt with is accepted, because it is their first one. The keys of controllers
   * are shown by the SHA-256 fingerprint of their public key.
   */
  readonly acceptedRecipients: readonly AcceptedChange[];
  /**
   * What makes the result less safe, such as a kubeconfig that does not verify the API server, and certificates to
   * encrypt with that have changed, which the next synthesis does not accept.
   */
  readonly warnings: readonly Problem[];
}

/**
 * Fetches a kubeconfig from each cluster that allows the other clusters to read it and, for the backend
 * sealed-secrets, the certificate to encrypt with. Writes both to files for the next synthesis, and accepts the first
 * certificate of a cluster as a recipient of its Secrets. If one cluster fails, the others are joined nevertheless.
 *
 * @throws MeshError if the mesh has no cluster of a selected name, or if two clusters are one running cluster;
 * all other problems are in the report
 * @see https://istio.io/latest/docs/reference/commands/istioctl/#istioctl-create-remote-secret
 */
export function join(mesh: Mesh, options: JoinOptions = {}): Promise<JoinReport> {
  const { directory = '.', progress = silent } = options;
  return lockingRemotes(mesh, directory, progress, () => joinClusters(mesh, options));
}

async function joinClusters(mesh: Mesh, options: JoinOptions): Promise<JoinReport> {
  const { directory = '.', progress = silent } = options;
  const selection = selectClusters(mesh, options.clusters);
  const inUse = new Map(selection.map(({ name }) => [name, tokenInUse(mesh, directory, name)]));
  const clusters =
    options.tokens === 'due' ? selection.filter((each) => isDue(each, inUse.get(each.name))) : selection;
  refuseSharedContexts(clusters, directory);
  // Everything that can be refused is refused before the first change of a cluster or a file.
  const connected = await connectAll(clusters, directory, progress);
  const outcomes = await Promise.all(
    connected.map((each) => joinCluster(mesh, each, inUse.get(each.cluster.name), options)),
  );
  const fetched = clusters.filter((_, index) => {
    const { sealingCertificate } = outcomes[index]?.joined ?? {};
    return sealingCertificate !== undefined && sealingCertificate.status !== 'failed';
  });
  const acceptance = await outcomeOf(acceptFetchedCertificates(mesh, directory, fetched));
  const byName = new Map(outcomes.map((outcome) => [outcome.joined.cluster, outcome]));
  const all = selection.map((each) => byName.get(each.name) ?? notDue(mesh, each, inUse.get(each.name)));
  return {
    clusters: all.map(({ joined }) => joined),
    acceptedRecipients: acceptance.result?.accepted ?? [],
    problems: [...outcomes.flatMap(({ problems }) => problems), ...acceptance.problems],
    warnings: [
      ...connected.flatMap(({ cluster, live }) =>
        live?.isUnverified
          ? [unverified(cluster, 'An attacker between this machine and it could read the token.')]
          : [],
      ),
      ...(acceptance.result?.changed ?? []),
      ...selection.flatMap((each, index) => {
        const token = all[index]?.token;
        return token === undefined ? [] : durationWarnings(each, token);
      }),
      ...definedVersionWarnings(mesh, changedClusters(outcomes)),
    ],
  };
}

/** The clusters whose remote secrets change with the next synthesis. */
function changedClusters(outcomes: readonly { readonly joined: JoinedCluster }[]): string[] {
  return outcomes.filter(({ joined }) => joined.status === 'changed').map(({ joined }) => joined.cluster);
}

/** Whether a cluster is not joined, or it is time to renew its token. */
function isDue({ reader }: Cluster, token: string | undefined): boolean {
  return token === undefined || isTokenDue(token, reader, new Date());
}

/** What joining a cluster came to, with the token that its file has now. */
interface JoinOutcome {
  readonly joined: JoinedCluster;
  readonly token: string | undefined;
  readonly problems: readonly Problem[];
}

/** A cluster that keeps its token, to which there is no connection. */
function notDue(mesh: Mesh, cluster: Cluster, token: string | undefined): JoinOutcome {
  return { joined: { ...fileOf(mesh, cluster, token), status: 'not due' }, token, problems: [] };
}

function fileOf(
  mesh: Mesh,
  { name }: Cluster,
  token: string | undefined,
): Pick<JoinedCluster, 'cluster' | 'account' | 'file' | 'expires'> {
  const { expires } = lifetimeOf(token ?? '') ?? {};
  return {
    cluster: name,
    account: `${istioSystem}/${readerServiceAccount}`,
    file: shownRemoteFile(mesh, name),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  };
}

function unverified({ name }: Cluster, consequence: string): Problem {
  return {
    code: 'LIVE-INSECURE',
    location: { file: name },
    message: `The kubeconfig of ${name} has insecure-skip-tls-verify, so the API server is not verified. ${consequence}`,
    hint: `Replace it with certificate-authority-data in the kubeconfig of ${name}, then run istio-mesh join again.`,
  };
}

async function joinCluster(
  mesh: Mesh,
  connected: ConnectedCluster,
  inUse: string | undefined,
  options: JoinOptions,
): Promise<JoinOutcome> {
  const { cluster, live } = connected;
  const hasCertificate = hasSealedSecrets(cluster);
  const [kubeconfig, certificate] = await Promise.all([
    live === undefined
      ? connectionOutcome(connected)
      : outcomeOf(writeKubeconfig(mesh, cluster, { live, inUse }, options)),
    live === undefined || !hasCertificate ? noOutcome : outcomeOf(writeCertificate(cluster, live, options)),
  ]);
  const sealingCertificate: FetchedCertificate = {
    file: cluster.secrets.sealedSecrets.certificate,
    status: certificate.result ?? 'failed',
  };
  const { token, ...written } = kubeconfig.result ?? { token: inUse, status: 'failed' };
  return {
    joined: {
      ...fileOf(mesh, cluster, token),
      ...written,
      ...(hasCertificate && { sealingCertificate }),
    },
    token,
    problems: [...kubeconfig.problems, ...certificate.problems],
  };
}

/** An address that no other cluster could use is the cause to report, even if the cluster does not answer. */
async function connectionOutcome({ cluster, client, problems }: ConnectedCluster): Promise<Outcome<never>> {
  if (client === undefined) return { problems };
  const address = await outcomeOf((async () => publicApiServer(cluster, client))());
  return { problems: address.problems.length > 0 ? address.problems : problems };
}

const noOutcome: Outcome<never> = { problems: [] };

interface Outcome<T> {
  readonly result?: T;
  readonly problems: readonly Problem[];
}

async function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await work, problems: [] };
  } catch (error) {
    if (error instanceof MeshError) return { problems: error.problems };
    throw error;
  }
}

/** A kubeconfig that was fetched and written. */
interface Written {
  readonly server: string;
  readonly token: string | undefined;
  readonly status: WriteResult;
}

async function writeKubeconfig(
  mesh: Mesh,
  cluster: Cluster,
  { live, inUse }: { readonly live: LiveCluster; readonly inUse: string | undefined },
  { directory = '.', progress = silent, timeoutSeconds = 60 }: JoinOptions,
): Promise<Written> {
  const kubeconfig = await fetchReaderKubeconfig(cluster, live, { inUse, timeoutSeconds, progress });
  const text = formatRemoteKubeconfig(cluster.name, kubeconfig);
  const rootCert = await rootCertOf(live);
  const status = writeFor(shownRemoteFile(mesh, cluster.name), () => {
    if (rootCert !== undefined) writeJoinedRoot(mesh, directory, cluster.name, rootCert);
    return writeRemoteFile(remoteFile(mesh, directory, cluster.name), text);
  });
  return { server: kubeconfig.server, token: tokenOf(kubeconfig), status };
}

/** A file that cannot be used is replaced. */
function tokenInUse(mesh: Mesh, directory: string, name: string): string | undefined {
  try {
    const kubeconfig = readRemote(mesh, directory, name);
    return kubeconfig && tokenOf(kubeconfig);
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}

/** The root certificate with which istiod runs; undefined before the control plane is applied. */
async function rootCertOf(live: LiveCluster): Promise<string | undefined> {
  const reference = { apiVersion: 'v1', kind: 'Secret', name: caCertsSecretName, namespace: istioSystem };
  const data = (await live.read<V1Secret>(reference))?.data?.[caCertsFiles.rootCert];
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
}

async function writeCertificate(
  cluster: Cluster,
  live: LiveCluster,
  { directory = '.', progress = silent }: JoinOptions,
): Promise<WriteResult> {
  const { certificate } = cluster.secrets.sealedSecrets;
  if (live.isUnverified) {
    const consequence =
      'The certificate to encrypt with is not fetched: an attacker could replace it, and decrypt every Secret.';
    throw new MeshError([unverified(cluster, consequence)]);
  }
  progress(`Fetching the certificate of the Sealed Secrets controller of ${cluster.name}`);
  const text = await fetchSealingCertificate(live, cluster);
  return writeFor(certificate, () => replaceFile(resolve(directory, certificate), text, 0o644));
}

function writeFor(shownFile: string, write: () => WriteResult): WriteResult {
  try {
    return write();
  } catch (error) {
    const message = `The file cannot be written: ${(error as NodeJS.ErrnoException).code}.`;
    const hint = 'Make its folder writable, then run istio-mesh join again.';
    throw new MeshError([{ code: 'LIVE-WRITE', location: { file: shownFile }, message, hint }]);
  }
}
