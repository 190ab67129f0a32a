import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import type { CaCerts } from '../pki/ca-certs';
import { type LoadCaCertsOptions, type LoadedCaCerts, loadCaCerts } from '../pki/certificates-folder';
import { requirementsOf, validateCaCerts } from '../pki/checks/validate-ca-certs';
import { giveUpRoots } from '../pki/replaced-roots';
import { rotationFolders } from '../pki/rotation/rotation-folders';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { recordedCaCerts } from '../secrets/encryption/load-encryption';
import { knownRoots } from './known-roots';
import { type EarlierRun, refuseRootChange, rootChanges } from './root-change';

/** Options of {@link issueCaCerts}. */
interface IssueCaCertsOptions {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  /** `new` gives up the root that the mesh has outside of the certificates folder. */
  readonly root: 'existing' | 'new';
  /** The output folder of the earlier run; undefined if there is none. */
  readonly outdir: string | undefined;
  readonly now: Date;
  readonly progress: Progress;
}

/** The CA certificates of a mesh, in the output or in a store. */
interface IssuedCaCerts {
  readonly caCerts: Readonly<Record<string, CaCerts>>;
  /** The files that were missing and have been issued. */
  readonly issued: readonly string[];
  /** The fingerprints of the roots that are given up, where they are known. */
  readonly givenUp: readonly string[];
  readonly warnings: readonly Problem[];
}

/**
 * Issues the missing CA certificates of all clusters, without a synthesis.
 *
 * @throws MeshError if a certificate cannot be issued, or the mesh has another root and gives up none
 */
export async function issueCaCerts(mesh: Mesh, options: IssueCaCertsOptions): Promise<IssuedCaCerts> {
  const { directory, outdir, root, now, progress } = options;
  const recorded = await recordedCaCerts(mesh, directory);
  const run = { directory, outdir, recorded };
  const evidence = () => knownRoots(mesh, run);
  if (root === 'new') await refuseExistingRoot(mesh, run);
  const validate = (caCerts: Readonly<Record<string, CaCerts>>, fileOf: LoadedCaCerts['fileOf']) =>
    validateCaCerts(caCerts, { now, fileOf, ...requirementsOf(mesh) });
  const beforeIssuing: LoadCaCertsOptions['beforeIssuing'] = async (complete, _, fileOf) => {
    await validate(complete, fileOf);
    if (root === 'existing') refuseRootChange(mesh, complete, run);
  };
  const known = root === 'existing' ? { recorded, evidence } : {};
  const loaded = await loadCaCerts(mesh, { directory, progress, now, beforeIssuing, ...known });
  const warnings = [...loaded.warnings, ...(await validate(loaded.caCerts, loaded.fileOf))];
  const givenUp =
    root === 'new' ? [...new Set([...evidence(), ...recorded].flatMap(({ roots }) => roots))] : [];
  giveUpRoots(mesh, directory, givenUp);
  return { caCerts: loaded.caCerts, issued: loaded.issued, givenUp, warnings };
}

/**
 * A new root beside an old one would leave clusters that do not trust each other. Complete certificates of a root that
 * the output does not have are accepted as they are.
 */
async function refuseExistingRoot(mesh: Mesh, run: EarlierRun): Promise<void> {
  const { certificates, clusters } = mesh;
  const names = [
    ...['root-cert.pem', 'root-key.pem', ...Object.values(rotationFolders)],
    ...clusters.map(({ name }) => name),
  ];
  const existing = names.find((name) => existsSync(resolve(run.directory, certificates.directory, name)));
  if (existing === undefined || (await isOfAnotherRoot(mesh, run))) return;
  throw new MeshError([
    {
      code: 'CA-ROOT',
      location: { file: join(certificates.directory, existing) },
      message: 'The folder still has certificates, so no new root is issued.',
      hint: `Move ${certificates.directory} to another place, and keep it until every workload trusts the new root.`,
    },
  ]);
}

/** Whether the certificates folder has all certificates, under a root that the earlier output does not accept. */
async function isOfAnotherRoot(mesh: Mesh, run: EarlierRun): Promise<boolean> {
  const loading = loadCaCerts(mesh, { directory: run.directory, issue: 'never' });
  const caCerts = await loading.then(
    (loaded) => loaded.caCerts,
    () => undefined,
  );
  return caCerts !== undefined && rootChanges(mesh, caCerts, run).length > 0;
}
