import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../mesh/mesh';
import { loadMesh } from '../mesh/mesh-file';
import { isIssuedLocally } from '../mesh/secrets/backends';
import { caCertsPath, type LoadedCaCerts, loadCaCerts } from '../pki/certificates-folder';
import { validateCaCerts } from '../pki/checks/validate-ca-certs';
import { MeshError, type Problem } from '../problems/problem';
import { loadRemotes } from '../remotes/remotes-folder';
import { loadEncryption } from '../secrets/encryption/load-encryption';
import type { Plaintext } from '../secrets/encryption/prepared-encryption';
import { openGitIndex } from '../secrets/scan/git-index';
import { KnownSecretFinder } from '../secrets/scan/known-secret-finder';
import { loadKnownSecrets } from '../secrets/scan/known-secrets';
import { type ScanResult, scanGitIndex, scanOutput } from '../secrets/scan/scan';
import { SecretLocations } from '../secrets/scan/secret-locations';

/** What to check. */
export interface CheckMeshOptions {
  /** The definition, such as mesh.yaml. */
  readonly meshFile: string;
  /** The output folder to look into. */
  readonly outdir: string;
}

/** What a check has looked at, and what is wrong. */
export interface CheckReport {
  readonly mesh: Mesh;
  /** How many keys and tokens of this machine were looked for. */
  readonly knownSecrets: number;
  /** Undefined where there is no output folder. */
  readonly output?: ScanResult;
  /** What was found in the git index, or why there is none. */
  readonly index: (ScanResult & { readonly root: string }) | { readonly reason: string };
  readonly warnings: readonly Problem[];
  /** Empty where all is well. */
  readonly problems: readonly Problem[];
}

/**
 * Checks all that a synthesis checks of its inputs, without writing anything, and that no key or token of
 * the mesh is in plain text where it may be committed.
 *
 * @throws MeshError with every mistake of the definition, or where git cannot read the index
 */
export async function checkMesh({ meshFile, outdir }: CheckMeshOptions): Promise<CheckReport> {
  const mesh = loadMesh(meshFile);
  const directory = dirname(meshFile);
  const problems: Problem[] = [];
  const remotes = await unless(problems, async () => loadRemotes(mesh, { directory }));
  const ofCertificates = await unless(problems, () => checkCertificates(mesh, directory));
  const plaintext = {
    // What cannot be read is here all the same.
    caCerts: ofCertificates?.caCerts ?? Object.fromEntries(clustersHere(mesh, directory).map(withoutRoot)),
    remotes: remotes?.remotes ?? {},
  };
  await unless(problems, () => checkEncryption(mesh, directory, plaintext));
  const secrets = loadKnownSecrets(mesh, directory, remotes?.remotes ?? {});
  const finder = new KnownSecretFinder(secrets);
  const places = new SecretLocations(mesh, directory);
  const output = existsSync(outdir) ? scanOutput(outdir, places, finder) : undefined;
  const opened = await openGitIndex(directory);
  const index =
    'reason' in opened ? opened : { root: opened.root, ...(await scanGitIndex(opened, places, finder)) };
  const exposed = [output, 'reason' in index ? undefined : index].flatMap((each) => each?.problems ?? []);
  return {
    mesh,
    knownSecrets: secrets.length,
    output,
    index,
    warnings: [...(ofCertificates?.warnings ?? []), ...(remotes?.warnings ?? [])],
    problems: [...problems, ...exposed],
  };
}

/** What Secrets are encrypted for, and what is kept of them where their plain text is not here. */
async function checkEncryption(mesh: Mesh, directory: string, plaintext: Plaintext): Promise<void> {
  (await loadEncryption(mesh, directory))?.complete(plaintext);
}

function withoutRoot({ name }: Cluster): [string, { readonly rootCert?: string }] {
  return [name, {}];
}

/** The clusters whose certificates are here at all: a clone has none, and what is missing is issued elsewhere. */
function clustersHere(mesh: Mesh, directory: string): Cluster[] {
  const folder = resolve(directory, mesh.certificates.directory);
  return mesh.clusters.filter((each) => isIssuedLocally(each) && existsSync(join(folder, each.name)));
}

async function checkCertificates(
  mesh: Mesh,
  directory: string,
): Promise<Pick<LoadedCaCerts, 'caCerts' | 'warnings'>> {
  const clusters = clustersHere(mesh, directory);
  const { caCerts, warnings } = await loadCaCerts(mesh, { directory, clusters, issue: 'never' });
  const fileOf = caCertsPath.bind(undefined, mesh);
  return {
    caCerts,
    warnings: [...warnings, ...(await validateCaCerts(caCerts, { now: new Date(), fileOf }))],
  };
}

/** What is wrong with one input does not keep the others from being checked. */
async function unless<T>(problems: Problem[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
