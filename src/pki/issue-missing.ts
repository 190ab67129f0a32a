import type { KeyAlgorithm } from '../mesh/definition';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { type CaCerts, caCertsFiles } from './ca-certs';
import { CaFiles } from './ca-files';
import { caCertsFile, type FolderContent, missingFiles } from './certificates-folder';
import { generatePrivateKey, readPrivateKey } from './pem';
import type { PemFolder } from './pem-folder';
import { existingRoot } from './root';

/** What is to be issued, and how. */
export interface IssueRequest {
  readonly folder: PemFolder;
  /** What the folder holds now. */
  readonly content: FolderContent;
  readonly certificates: Mesh['certificates'];
  readonly now: Date;
  readonly progress: Progress;
}

/**
 * Makes each file of a certificates folder that is not there from those that are, as make would: keys,
 * the root's certificate, each cluster's certificate, and its chain. Whatever another program has made
 * in the meantime is taken instead, so that all agree on one root.
 *
 * @returns the files that were made, as the user names them
 * @throws MeshError where something is missing that cannot be issued
 */
export async function issueMissing(request: IssueRequest): Promise<string[]> {
  const { folder, content, certificates, now, progress } = request;
  const incomplete = [...content.clusters].filter(([, caCerts]) => missingFiles(caCerts).length > 0);
  MeshError.throwIfAny(incomplete.flatMap(([cluster, caCerts]) => irreplaceable(folder, cluster, caCerts)));
  const known = existingRoot(folder, content, now);
  const keys = [content.rootKey, ...incomplete.map(([, { caKey }]) => caKey)];
  const [rootKey = '', ...caKeys] = await generateMissing(keys, certificates.keyAlgorithm, progress);
  const files = new CaFiles(folder, certificates, now);
  const root = files.completeRoot(rootKey, known?.text);
  for (const [index, [cluster]] of incomplete.entries()) {
    files.completeCluster(cluster, caKeys[index] ?? '', root);
  }
  return files.made;
}

/** What would be issued in the place of these is not the same, or cannot be. */
function irreplaceable(folder: PemFolder, cluster: string, caCerts: Partial<CaCerts>): Problem[] {
  const { caKey, caCert, certChain } = caCerts;
  if (caCert === undefined && certChain !== undefined) {
    return [lost(folder, cluster, 'caCert', 'certChain')];
  }
  if (caKey === undefined) return caCert === undefined ? [] : [lost(folder, cluster, 'caKey', 'caCert')];
  const reading = readPrivateKey(caKey);
  if (caCert !== undefined || !('fault' in reading)) return [];
  const hint = `Put a key there that can be read, or remove it to have one generated.`;
  return [
    {
      code: 'CA-KEY',
      location: folder.location(caCertsFile(cluster, 'caKey')),
      message: reading.fault,
      hint,
    },
  ];
}

function lost(folder: PemFolder, cluster: string, part: keyof CaCerts, other: keyof CaCerts): Problem {
  return {
    code: 'CA-MISSING',
    location: folder.location(caCertsFile(cluster, part)),
    message: `It is absent, though the ${caCertsFiles[other]} that belongs to it is there.`,
    hint: `Put it back, or remove the folder of ${cluster} to have all of it issued anew.`,
  };
}

/** Generates the keys that are undefined, all at once. */
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
