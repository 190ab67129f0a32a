import type { KeyAlgorithm } from '../mesh/definition';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { type CaCerts, type CaCertsPart, caCertsFile, caCertsFiles, missingFiles } from './ca-certs';
import { CaFiles } from './ca-files';
import type { FolderContent } from './certificates-folder';
import { allIssuedNames } from './issued-names';
import { clockProblems } from './issuing-conditions';
import type { PemFolder } from './pem-folder';
import { generatePrivateKey, readPrivateKey, unsupportedKey } from './private-key';
import { existingRoot } from './root';
import { certificatesOfOtherRoots, lostRoots, type RootEvidence } from './root-evidence';

/** Options of {@link issueMissing}. */
export interface IssueRequest {
  readonly folder: PemFolder;
  /** The current content of the folder. */
  readonly content: FolderContent;
  readonly mesh: Mesh;
  /** Reads which files outside of the folder show that the mesh has a root. */
  readonly evidence: () => readonly RootEvidence[];
  readonly now: Date;
  readonly progress: Progress;
}

/**
 * Creates the missing files of a certificates folder from the existing ones: keys, the root's
 * certificate, each cluster's certificate and its chain. Uses files that another process created in the
 * meantime, so that all processes agree on one root.
 *
 * @returns the files that were created, as messages show them
 * @throws MeshError if a missing file cannot be issued
 */
export async function issueMissing(request: IssueRequest): Promise<string[]> {
  const { folder, content, mesh, now, progress } = request;
  const { certificates } = mesh;
  const names = allIssuedNames(mesh);
  const incomplete = [...content.clusters].filter(([, caCerts]) => missingFiles(caCerts).length > 0);
  MeshError.throwIfAny(incomplete.flatMap(([cluster, caCerts]) => irreplaceable(folder, cluster, caCerts)));
  MeshError.throwIfAny(clockProblems(folder, content, now));
  const known = existingRoot(folder, content, { names, now });
  const meshClusters = mesh.clusters.map(({ name }) => name);
  MeshError.throwIfAny([
    ...lostRoots(folder, meshClusters, known, request.evidence()),
    ...certificatesOfOtherRoots(folder, content, known),
  ]);
  const keys = [content.rootKey, ...incomplete.map(([, { caKey }]) => caKey)];
  const [rootKey = '', ...caKeys] = await generateMissing(keys, certificates.keyAlgorithm, progress);
  const files = new CaFiles(folder, certificates, { names, now });
  const root = files.completeRoot(rootKey, known?.text);
  for (const [index, [cluster]] of incomplete.entries()) {
    files.completeCluster(cluster, caKeys[index] ?? '', root);
  }
  return files.created;
}

/** Missing files that cannot be restored from the existing ones. */
function irreplaceable(folder: PemFolder, cluster: string, caCerts: Partial<CaCerts>): Problem[] {
  const { caKey, caCert, certChain } = caCerts;
  if (caCert === undefined && certChain !== undefined) {
    return [lost(folder, cluster, 'caCert', 'certChain')];
  }
  if (caKey === undefined) return caCert === undefined ? [] : [lost(folder, cluster, 'caKey', 'caCert')];
  const reading = readPrivateKey(caKey);
  const message = 'problem' in reading ? reading.problem : unsupportedKey(reading.key);
  if (caCert !== undefined || message === undefined) return [];
  const hint = 'Replace it with a valid key, or remove it so that a new key is generated.';
  return [
    {
      code: 'CA-KEY',
      location: folder.location(caCertsFile(cluster, 'caKey')),
      message,
      hint,
    },
  ];
}

function lost(folder: PemFolder, cluster: string, part: CaCertsPart, other: CaCertsPart): Problem {
  return {
    code: 'CA-MISSING',
    location: folder.location(caCertsFile(cluster, part)),
    message: `The file is missing, but the ${caCertsFiles[other]} that belongs to it exists.`,
    hint: `Restore it, or delete the folder of ${cluster} to issue all its files again.`,
  };
}

/** Replaces the undefined keys with generated ones, in parallel. */
async function generateMissing(
  keys: readonly (string | undefined)[],
  algorithm: KeyAlgorithm,
  progress: Progress,
): Promise<string[]> {
  const missing = keys.filter((key) => key === undefined).length;
  if (missing > 0) progress(`Generating ${missing} ${algorithm} ${missing === 1 ? 'key' : 'keys'}`);
  let generated = 0;
  const generate = async (): Promise<string> => {
    const key = await generatePrivateKey(algorithm);
    generated += 1;
    progress(`Generated ${generated} of ${missing} ${algorithm} keys`);
    return key;
  };
  return Promise.all(keys.map((key) => key ?? generate()));
}
