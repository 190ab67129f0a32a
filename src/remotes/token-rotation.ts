import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readIfExists } from '../files/existing-files';
import { stringifyYaml } from '../kubernetes/yaml';
import type { Mesh } from '../mesh/mesh';
import { remotesFolder, writeRemoteFile } from './remote-file';
import { formatRemoteKubeconfig, type RemoteKubeconfig, tokenOf } from './remote-kubeconfig';
import { readKubeconfig, readRemote } from './remotes-folder';

/** The folder, in that of the kubeconfigs, with the tokens that are being replaced. */
const oldTokens = 'old-tokens';

/**
 * Which token of a cluster synthesis writes while the token is replaced. With `old-token`, the new one is not issued yet,
 * or was taken back.
 */
export type TokenPhase = 'old-token' | 'new-token';

/** The replacement of a cluster's token, as its files show it. */
export interface TokenRotation {
  readonly phase: TokenPhase;
  /** What synthesis writes into the remote secrets. */
  readonly current: RemoteKubeconfig;
  /** What the remote secrets had before. */
  readonly old: RemoteKubeconfig;
  /** The number of endpoints of the cluster that each peer knew before, by the name of the peer. */
  readonly endpoints: Readonly<Record<string, number>>;
}

/** The file with the token that is being replaced, as messages show it. */
export function shownOldToken(mesh: Mesh, cluster: string): string {
  return join(mesh.remotes, oldTokens, `${cluster}.yaml`);
}

function oldTokenFile(mesh: Mesh, directory: string, cluster: string): string {
  return join(remotesFolder(mesh, directory), oldTokens, `${cluster}.yaml`);
}

/**
 * Reads how far the replacement of a cluster's token is; undefined if none is under way.
 *
 * @throws MeshError if a file is not a kubeconfig that istiod can use
 */
export function readTokenRotation(mesh: Mesh, directory: string, cluster: string): TokenRotation | undefined {
  const text = readOldText(mesh, directory, cluster);
  if (text === undefined) return undefined;
  const old = readKubeconfig(text, shownOldToken(mesh, cluster), cluster);
  const current = readRemote(mesh, directory, cluster) ?? old;
  const phase = tokenOf(current) === tokenOf(old) ? 'old-token' : 'new-token';
  return { phase, current, old, endpoints: endpointsOf(text) };
}

/** The kubeconfig that is being replaced; undefined if none is. */
export function readOldToken(mesh: Mesh, directory: string, cluster: string): RemoteKubeconfig | undefined {
  const text = readOldText(mesh, directory, cluster);
  return text === undefined ? undefined : readKubeconfig(text, shownOldToken(mesh, cluster), cluster);
}

function readOldText(mesh: Mesh, directory: string, cluster: string): string | undefined {
  return readIfExists(oldTokenFile(mesh, directory, cluster), 'secret');
}

/**
 * Keeps the kubeconfig that is being replaced, and the number of endpoints that peers know. Returns the file, as messages
 * show it.
 */
export function keepOldToken(
  mesh: Mesh,
  directory: string,
  cluster: string,
  { old, endpoints }: Pick<TokenRotation, 'old' | 'endpoints'>,
): string {
  const counts = stringifyYaml({ extensions: [{ name: endpointsExtension, extension: endpoints }] });
  writeRemoteFile(oldTokenFile(mesh, directory, cluster), `${formatRemoteKubeconfig(cluster, old)}${counts}`);
  return shownOldToken(mesh, cluster);
}

/** Forgets the kubeconfig that was replaced. Returns the file, as messages show it. */
export function discardOldToken(mesh: Mesh, directory: string, cluster: string): string {
  rmSync(oldTokenFile(mesh, directory, cluster), { force: true });
  return shownOldToken(mesh, cluster);
}

const endpointsExtension = 'istio-mesh/endpoints';

function endpointsOf(text: string): Readonly<Record<string, number>> {
  const { extensions = [] } = parse(text) as { extensions?: readonly NamedExtension[] };
  const found = extensions.find(({ name }) => name === endpointsExtension)?.extension ?? {};
  return Object.fromEntries(Object.entries(found).filter(([, count]) => typeof count === 'number'));
}

/** An extension of a kubeconfig. */
interface NamedExtension {
  readonly name?: unknown;
  readonly extension?: Readonly<Record<string, number>>;
}
