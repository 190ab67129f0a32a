import type { Mesh } from '../mesh/mesh';
import type { RootEvidence } from '../pki/root-evidence';
import { joinedRoots } from '../remotes/joined-roots';
import { earlierCaCerts } from './earlier-ca-certs';
import type { EarlierRun } from './root-change';

/** The files outside of the certificates folder which show that a mesh has a root, without encrypted records. */
export function knownRoots(mesh: Mesh, { directory, outdir }: EarlierRun): RootEvidence[] {
  return [...earlierCaCerts(outdir), ...joinedRoots(mesh, directory)];
}
