import { istioSystem } from '../../mesh/istio-names';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';
import type { Progress } from '../../problems/progress';
import { shownRemoteFile } from '../../remotes/remote-file';
import { tokenOf } from '../../remotes/remote-kubeconfig';
import { readRemote, writeRemote } from '../../remotes/remotes-folder';
import { discardOldToken, keepOldToken, type TokenRotation } from '../../remotes/token-rotation';
import type { ConnectedCluster } from '../connected-cluster';
import type { LiveCluster } from '../live-cluster';
import { durationWarnings } from './duration-warnings';
import { endpointsOf, observeReader, readersOf } from './observe-reading';
import { ReaderAccount } from './reader-account';
import { irrevocable, isRejected, revokeToken } from './revoke';

/** What a step did with the token of a cluster. */
export type TokenStepResult = 'issued' | 'taken-back' | 'revoked' | 'cancelled' | 'waiting' | 'failed';

/** What a step did, with what it found. */
export interface TokenStepOutcome {
  readonly result: TokenStepResult;
  /** The files that changed, as messages show them. */
  readonly files: readonly string[];
  /** Why it failed, or has to wait. */
  readonly problems?: readonly Problem[];
  readonly warnings?: readonly Problem[];
}

/** What a step needs to know. */
export interface TokenStepContext {
  readonly mesh: Mesh;
  readonly directory: string;
  /** The cluster whose token is replaced. */
  readonly cluster: Cluster;
  /** This cluster, and those that read it. */
  readonly connected: readonly ConnectedCluster[];
  readonly progress: Progress;
}

/** The time limit for a cluster to issue a token, in seconds. */
const issueTimeout = 60;

/** Takes the next step of a cluster, or takes the last one back. */
export async function takeTokenStep(
  context: TokenStepContext,
  rotation: TokenRotation | undefined,
  direction: 'forward' | 'back',
): Promise<TokenStepOutcome> {
  try {
    if (rotation === undefined) return await begin(context);
    if (rotation.phase === 'new-token') {
      return direction === 'forward' ? await revoke(context, rotation) : await takeBack(context, rotation);
    }
    return direction === 'forward' ? await issue(context, rotation) : await cancel(context, rotation);
  } catch (error) {
    if (error instanceof MeshError) return { result: 'failed', files: [], problems: error.problems };
    throw error;
  }
}

/** Keeps the token that is replaced, before another one is issued. */
async function begin(context: TokenStepContext): Promise<TokenStepOutcome> {
  const { mesh, directory, cluster, connected } = context;
  const { name } = cluster;
  const old = readRemote(mesh, directory, name);
  if (old === undefined) throw new MeshError([unjoined(mesh, name)]);
  MeshError.throwIfAny(irrevocable(old, shownRemoteFile(mesh, name)));
  clientOf(context);
  const endpoints = await knownEndpoints(connected, name);
  const kept = keepOldToken(mesh, directory, name, { old, endpoints });
  const issued = await issue(context, { old });
  return { ...issued, files: [kept, ...issued.files] };
}

async function issue(
  context: TokenStepContext,
  { old }: Pick<TokenRotation, 'old'>,
): Promise<TokenStepOutcome> {
  const { mesh, directory, cluster, progress } = context;
  const account = await ReaderAccount.of(clientOf(context), cluster);
  progress(`Issuing another token in ${cluster.name}`);
  const { token } = await account.replace(tokenOf(old) ?? '', issueTimeout);
  const current = { ...old, user: { ...old.user, token } };
  const files = [writeRemote(mesh, directory, cluster.name, current)];
  return { result: 'issued', files, warnings: durationWarnings(cluster, token) };
}

/** Clusters that do not answer are left out: they are checked before the old token is revoked. */
async function knownEndpoints(
  connected: readonly ConnectedCluster[],
  cluster: string,
): Promise<Record<string, number>> {
  const counts = await Promise.all(
    readersOf(connected, cluster).map(async ({ cluster: reader, live }) => {
      const endpoints = live && endpointsOf(cluster, await observeReader(live, reader));
      return endpoints === undefined ? [] : [[reader.name, endpoints] as const];
    }),
  );
  return Object.fromEntries(counts.flat());
}

async function revoke(context: TokenStepContext, { old, current }: TokenRotation): Promise<TokenStepOutcome> {
  const { mesh, directory, cluster, progress } = context;
  const live = clientOf(context);
  progress(`Revoking the old token of ${cluster.name}`);
  await revokeToken(live, tokenOf(old) ?? '');
  const files = [discardOldToken(mesh, directory, cluster.name)];
  return { result: 'revoked', files, warnings: await otherTokens(live, cluster, tokenOf(current) ?? '') };
}

/** The new token stays valid until no cluster uses it any more. */
async function takeBack(context: TokenStepContext, { old }: TokenRotation): Promise<TokenStepOutcome> {
  const { mesh, directory, cluster } = context;
  if (await isRejected(clientOf(context), tokenOf(old) ?? '')) throw new MeshError([alreadyRevoked(cluster)]);
  return { result: 'taken-back', files: [writeRemote(mesh, directory, cluster.name, old)] };
}

/** Revokes the new token, which no cluster uses. */
async function cancel(context: TokenStepContext, { old }: TokenRotation): Promise<TokenStepOutcome> {
  const { mesh, directory, cluster } = context;
  const account = await ReaderAccount.of(clientOf(context), cluster);
  await account.revokeReplacements(tokenOf(old) ?? '');
  return { result: 'cancelled', files: [discardOldToken(mesh, directory, cluster.name)] };
}

async function otherTokens(live: LiveCluster, cluster: Cluster, token: string): Promise<Problem[]> {
  const account = await ReaderAccount.of(live, cluster);
  const names = await account.otherSecrets(token);
  if (names.length === 0) return [];
  return [
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster.name },
      message: `${cluster.name} has other tokens of the reader account, which the files do not have, in the Secrets ${names.join(', ')}.`,
      hint: `If nothing uses them, run kubectl -n ${istioSystem} delete secret ${names.join(' ')}`,
    },
  ];
}

function unjoined(mesh: Mesh, cluster: string): Problem {
  return {
    code: 'REMOTE-FILE',
    location: { file: shownRemoteFile(mesh, cluster) },
    message: `${cluster} is not joined, so it has no token to replace.`,
    hint: `Run istio-mesh join --cluster ${cluster}, or rotate on the machine that has the file.`,
  };
}

function alreadyRevoked({ name }: Cluster): Problem {
  return {
    code: 'LIVE-ROTATION',
    location: { file: name },
    message: `${name} rejects the old token, so it cannot be used again.`,
    hint: `Complete the rotation with istio-mesh rotate tokens ${name}.`,
  };
}

function clientOf({ connected, cluster }: TokenStepContext): LiveCluster {
  const { live, problems = [] } = connected.find((each) => each.cluster.name === cluster.name) ?? {};
  if (live === undefined) throw new MeshError(problems);
  return live;
}
