import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../mesh/mesh';
import { loadMesh } from '../mesh/mesh-file';
import { isIssuedLocally } from '../mesh/secrets/backends';
import { type LoadedCaCerts, loadCaCerts } from '../pki/certificates-folder';
import { validateCaCerts } from '../pki/checks/validate-ca-certs';
import { issuedNamesOf } from '../pki/issued-names';
import { MeshError, type Problem } from '../problems/problem';
import { loadRemotes } from '../remotes/remotes-folder';
import { loadEncryption } from '../secrets/encryption/load-encryption';
import type { Plaintext } from '../secrets/encryption/prepared-encryption';
import { openGitIndex } from '../secrets/scan/git-index';
import { KnownSecretFinder } from '../secrets/scan/known-secret-finder';
import { loadKnownSecrets } from '../secrets/scan/known-secrets';
import { type PlainTextPlace, plainTextPlaces } from '../secrets/scan/plain-text-places';
import { type OutputScanResult, type ScanResult, scanGitIndex, scanOutput } from '../secrets/scan/scan';
import { SecretLocations } from '../secrets/scan/secret-locations';
import { outputLocationProblems } from './output-location';

/** The files that are checked. */
export interface CheckMeshOptions {
  /** The path of the definition, such as mesh.yaml. */
  readonly meshFile: string;
  /** The output folder, which is searched for keys and tokens. */
  readonly outdir: string;
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
  readonly warnings: readonly Problem[];
  readonly problems: readonly Problem[];
}

/**
 * Checks the inputs of a mesh as a synthesis does, without writing files. Also searches the output folder and
 * the git index for keys and tokens of the mesh in plain text.
 *
 * @throws MeshError with all problems of the definition, or if git cannot read the index
 */
export async function checkMesh({ meshFile, outdir }: CheckMeshOptions): Promise<CheckReport> {
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
  const finder = new KnownSecretFinder(secrets);
  const locations = new SecretLocations(mesh, directory);
  const locationProblems = outputLocationProblems(outdir, { mesh, directory });
  problems.push(...locationProblems);
  const isSearched = locationProblems.length === 0 && existsSync(outdir);
  const output = isSearched ? scanOutput(outdir, locations, finder) : undefined;
  const opened = await openGitIndex(directory);
  const index =
    'reason' in opened ? opened : { root: opened.root, ...(await scanGitIndex(opened, locations, finder)) };
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
    warnings: [...(certificates?.warnings ?? []), ...(remotes?.warnings ?? [])],
    problems: [...problems, ...scans.flatMap((scan) => scan?.problems ?? [])],
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
        namesOf: issuedNamesOf(mesh),
        warnBeforeExpiryDays: mesh.certificates.warnBeforeExpiryDays,
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
