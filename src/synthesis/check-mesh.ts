import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../mesh/mesh';
import { loadMesh } from '../mesh/mesh-file';
import { isIssuedLocally } from '../mesh/secrets/backends';
import { type LoadedCaCerts, loadCaCerts } from '../pki/certificates-folder';
import { requirementsOf, validateCaCerts } from '../pki/checks/validate-ca-certs';
import { MeshError, type Problem } from '../problems/problem';
import { loadRemotes } from '../remotes/remotes-folder';
import { loadEncryption } from '../secrets/encryption/load-encryption';
import type { Plaintext } from '../secrets/encryption/prepared-encryption';
import { ExposedSecrets } from '../secrets/scan/exposed-secrets';
import { openGitIndex } from '../secrets/scan/git-index';
import { loadKnownSecrets } from '../secrets/scan/known-secrets';
import { type PlainTextPlace, plainTextPlaces } from '../secrets/scan/plain-text-places';
import { type OutputScanResult, type ScanResult, scanGitIndex, scanOutput } from '../secrets/scan/scan';
import type { Unsearched } from '../secrets/scan/scanned-files';
import { SecretLocations } from '../secrets/scan/secret-locations';
import { outputLocationProblems } from './output-location';

/** The files that are checked. */
export interface CheckMeshOptions {
  /** The path of the definition, such as mesh.yaml. */
  readonly meshFile: string;
  /** The output folder, which is searched for keys and tokens. */
  readonly outdir: string;
  /** Whether the folder must exist, because the user has named it. */
  readonly output: 'required' | 'optional';
}

/** The result of a check. */
export interface CheckReport {
  readonly mesh: Mesh;
  /** The number of keys and tokens on this machine that the search looked for. */
  readonly knownSecrets: number;
  /** Undefined if the output folder does not exist. */
  readonly output?: OutputScanResult;
  /** The result for the git index, or the reason why there is no index. */
  readonly index: (ScanResult & { readonly root: string }) | { readonly reason: string };
  /** The places that must hold keys and tokens in plain text, and must not be committed. */
  readonly plainText: readonly PlainTextPlace[];
  /** What could not be searched. */
  readonly unsearched: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly problems: readonly Problem[];
}

/**
 * Checks the inputs of a mesh as a synthesis does, without writing files. Also searches the output folder and
 * the git index for keys and tokens of the mesh in plain text.
 *
 * @throws MeshError with all problems of the definition
 */
export async function checkMesh({
  meshFile,
  outdir,
  output: requirement,
}: CheckMeshOptions): Promise<CheckReport> {
  const mesh = loadMesh(meshFile);
  const directory = dirname(meshFile);
  const problems: Problem[] = [];
  const remotes = await collectProblems(problems, async () => loadRemotes(mesh, { directory }));
  const certificates = await collectProblems(problems, () => checkCertificates(mesh, directory));
  const plaintext = {
    // Certificates with problems count as present, so that their records are not reported as missing.
    caCerts: certificates?.caCerts ?? caCertsWithoutRoots(clustersWithCertificates(mesh, directory)),
    remotes: remotes?.remotes ?? {},
  };
  await collectProblems(problems, () => checkEncryption(mesh, directory, plaintext));
  const secrets = loadKnownSecrets(mesh, directory, remotes?.remotes ?? {});
  const exposed = new ExposedSecrets(secrets);
  const locations = new SecretLocations(mesh, directory);
  const locationProblems = outputLocationProblems(outdir, { mesh, directory });
  problems.push(...locationProblems);
  const isSearched = locationProblems.length === 0 && existsSync(outdir);
  const output = isSearched ? scanOutput(outdir, locations, exposed) : undefined;
  const unsearched: Problem[] = [];
  const isMissing = locationProblems.length === 0 && output === undefined;
  if (isMissing && requirement === 'required') unsearched.push(missingFolder(outdir));
  const index = (await collectProblems(unsearched, () => checkIndex(directory, locations, exposed))) ?? {
    reason: 'git cannot read it',
  };
  const plainText = await plainTextPlaces(
    { mesh, directory, secrets, outdir, output: output?.plainText ?? [] },
    'reason' in index ? undefined : index.root,
  );
  const scans = [output, 'reason' in index ? undefined : index];
  return {
    mesh,
    knownSecrets: secrets.length,
    output,
    index,
    plainText,
    unsearched: [...unsearched, ...scans.flatMap((scan) => scan?.unsearched ?? []).map(unsearchedFile)],
    warnings: [...(certificates?.warnings ?? []), ...(remotes?.warnings ?? [])],
    problems: [...problems, ...scans.flatMap((scan) => scan?.problems ?? [])],
  };
}

async function checkIndex(
  directory: string,
  locations: SecretLocations,
  exposed: ExposedSecrets,
): Promise<CheckReport['index']> {
  const opened = await openGitIndex(directory);
  if ('reason' in opened) return opened;
  return { root: opened.root, ...(await scanGitIndex(opened, locations, exposed)) };
}

function missingFolder(outdir: string): Problem {
  return {
    code: 'SECRET-UNSEARCHED',
    location: { file: outdir },
    message: 'The output folder was not searched: it does not exist.',
    hint: 'Correct the name of the folder, or synthesize first.',
  };
}

function unsearchedFile({ path, reason }: Unsearched): Problem {
  return {
    code: 'SECRET-UNSEARCHED',
    location: { file: path },
    message: `It was not searched: ${reason}.`,
    hint: 'Make it a regular file that you can read, or remove it. To search a folder elsewhere, name it with --output.',
  };
}

/** Checks the recipients of encrypted Secrets, and the records of Secrets without plain text on this machine. */
async function checkEncryption(mesh: Mesh, directory: string, plaintext: Plaintext): Promise<void> {
  const prepared = await loadEncryption(mesh, directory);
  prepared?.complete(plaintext);
  MeshError.throwIfAny(prepared?.unacceptedRecords(plaintext) ?? []);
}

function caCertsWithoutRoots(clusters: readonly Cluster[]): Plaintext['caCerts'] {
  return Object.fromEntries(clusters.map(({ name }) => [name, {}]));
}

/** The clusters with certificates on this machine. A clone of the repository has none, which is not a problem. */
function clustersWithCertificates(mesh: Mesh, directory: string): Cluster[] {
  const folder = resolve(directory, mesh.certificates.directory);
  return mesh.clusters.filter((each) => isIssuedLocally(each) && existsSync(join(folder, each.name)));
}

async function checkCertificates(
  mesh: Mesh,
  directory: string,
): Promise<Pick<LoadedCaCerts, 'caCerts' | 'warnings'>> {
  const clusters = clustersWithCertificates(mesh, directory);
  const { caCerts, warnings, fileOf } = await loadCaCerts(mesh, { directory, clusters, issue: 'never' });
  return {
    caCerts,
    warnings: [
      ...warnings,
      ...(await validateCaCerts(caCerts, {
        now: new Date(),
        fileOf,
        ...requirementsOf(mesh),
      })),
    ],
  };
}

/** Loads one input, and collects its problems, so that the other inputs are checked too. */
async function collectProblems<T>(problems: Problem[], load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
