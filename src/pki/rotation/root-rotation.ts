import { join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { isIssuedLocally } from '../../mesh/secrets/backends';
import { MeshError, type Problem } from '../../problems/problem';
import { type CaCerts, caCertsFiles } from '../ca-certs';
import type { Certificate } from '../certificate';
import { CertificateReader } from '../certificate-reader';
import { type LoadedCaCerts, loadCaCerts, rootCertFile } from '../certificates-folder';
import { issuedNamesOf } from '../issued-names';
import { parseCaCerts } from '../parsed-ca-certs';
import { PemFolder } from '../pem-folder';
import { tlsSecretFiles } from '../tls-secret-files';
import { phaseOf, phaseTexts, type RootPhase, type RotationRoots } from './root-phase';
import { refuseReservedNames, rotationFolders } from './rotation-folders';

/** A rotation of the root, as the certificates folder shows it. */
export interface RootRotation extends RotationRoots {
  /**
   * `none` without another root. `staged` while no cluster trusts the next root, `running` until all clusters trust only
   * that, and `finished` while the folder still has the old one.
   */
  readonly state: 'none' | 'staged' | 'running' | 'finished';
  /** The phase of each cluster whose certificate is issued on this machine. */
  readonly phases: ReadonlyMap<string, RootPhase>;
  /** The CA certificates of these clusters. */
  readonly loaded: LoadedCaCerts;
  /** The text of the next root certificate; undefined if there is none. */
  readonly nextText?: string;
  readonly folder: PemFolder;
}

/**
 * Reads how far a rotation of the root is. Nothing but certificates tells it.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError if the certificates of a cluster are missing, or belong to no phase of a rotation
 */
export async function readRootRotation(mesh: Mesh, directory: string): Promise<RootRotation> {
  refuseReservedNames(mesh);
  const clusters = clustersToRotate(mesh);
  const shown = mesh.certificates.directory;
  const folder = new PemFolder(resolve(directory, shown), shown);
  refuseEmptyFolder(folder, clusters);
  const loaded = await loadCaCerts(mesh, { directory, clusters, issue: 'never' });
  const reader = new CertificateReader();
  const read = (text: string | undefined): readonly Certificate[] => reader.read(text ?? '').certificates;
  const nextText = readOrThrow(folder, join(rotationFolders.nextRoot, rootCertFile));
  const ownRoots = Object.values(loaded.caCerts).flatMap(({ rootCert }) => read(rootCert));
  const saved = [undefined, ...clusters].flatMap((cluster) => read(savedRoot(folder, cluster?.name)));
  const staged = unique(read(nextText));
  const old = unique(saved.length === 0 ? without(ownRoots, staged) : saved);
  const next = nextText === undefined ? without(unique(ownRoots), old) : staged;
  const base = { old, next, loaded, folder, ...(nextText === undefined ? {} : { nextText }) };
  if (nextText === undefined && saved.length === 0) {
    return {
      ...base,
      next: [],
      state: 'none',
      phases: new Map(clusters.map(({ name }) => [name, 'old-root'])),
    };
  }
  MeshError.throwIfAny(old.length === 0 ? [sameRoot(folder)] : []);
  const phases = phasesOf(mesh, loaded, base, folder);
  const isTouched = [...phases.values()].some((phase) => phase !== 'old-root');
  const state = nextText === undefined ? 'finished' : isTouched ? 'running' : 'staged';
  return { ...base, state, phases };
}

/**
 * The clusters whose CA certificates are issued on this machine.
 *
 * @throws MeshError if there are none
 */
export function clustersToRotate({ clusters }: Mesh): readonly Cluster[] {
  const local = clusters.filter(isIssuedLocally);
  if (local.length > 0) return local;
  const problem: Problem = {
    code: 'CA-ROTATION',
    location: {},
    message: 'cert-manager issues the CA certificates of all clusters, so there are none to rotate here.',
    hint: 'Rotate the issuers of cert-manager, as docs/rotation.md says.',
  };
  throw new MeshError([problem]);
}

/** A clone of the repository has no certificates, and must not get others. */
function refuseEmptyFolder(folder: PemFolder, clusters: readonly Cluster[]): void {
  const names = [rootCertFile, ...clusters.map(({ name }) => name)];
  if (names.some((name) => folder.exists(name))) return;
  throw new MeshError([
    {
      code: 'CA-ROTATION',
      location: { file: folder.shown },
      message: 'The folder has no certificates to rotate.',
      hint: 'Run the command on the machine that has the certificates of the mesh, or restore them from a backup.',
    },
  ]);
}

function phasesOf(
  mesh: Mesh,
  { caCerts, fileOf }: LoadedCaCerts,
  roots: RotationRoots,
  folder: PemFolder,
): ReadonlyMap<string, RootPhase> {
  const problems: Problem[] = [];
  const phases = new Map<string, RootPhase>();
  for (const parsed of parseCaCerts(caCerts, new Date(), issuedNamesOf(mesh))) {
    const phase = phaseOf(parsed, roots);
    if (phase === undefined) problems.push(ofNoPhase(fileOf(parsed.cluster, 'rootCert'), folder));
    else phases.set(parsed.cluster, phase);
  }
  MeshError.throwIfAny(problems);
  return phases;
}

function sameRoot(folder: PemFolder): Problem {
  return {
    code: 'CA-ROTATION',
    location: folder.location(join(rotationFolders.nextRoot, rootCertFile)),
    message: 'It is the root that the clusters already have.',
    hint: `Put another root there, or remove ${join(folder.shown, rotationFolders.nextRoot)} so that one is issued.`,
  };
}

function ofNoPhase(file: string, { shown }: PemFolder): Problem {
  const texts = (['old-root', 'both-roots', 'new-issuer', 'new-root'] as const).map(
    (phase) => phaseTexts[phase],
  );
  const [next, old] = [join(shown, rotationFolders.nextRoot), join(shown, rotationFolders.oldRoot)];
  return {
    code: 'CA-ROTATION',
    location: { file },
    message: `The certificates of this cluster belong to no phase of a rotation to the root in ${next}. In each phase, a cluster ${texts.join('; or ')}.`,
    hint: `Restore the files of the cluster from a backup. If ${old} or ${next} is left over from an earlier rotation, move it away.`,
  };
}

/** The root certificates that a cluster, or the whole folder, had before the rotation. */
export function savedRoot(folder: PemFolder, cluster = ''): string | undefined {
  const path = join(rotationFolders.oldRoot, cluster);
  return (
    readOrThrow(folder, join(path, caCertsFiles.rootCert)) ??
    readOrThrow(folder, join(path, tlsSecretFiles.rootCert))
  );
}

/** The text of a file; undefined if it does not exist. */
export function readOrThrow(folder: PemFolder, name: string): string | undefined {
  const problems: Problem[] = [];
  const text = folder.read(name, problems);
  MeshError.throwIfAny(problems);
  return text;
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values()];
}

function without(certificates: readonly Certificate[], others: readonly Certificate[]): Certificate[] {
  return certificates.filter(({ fingerprint }) => !others.some((other) => other.fingerprint === fingerprint));
}

/** Whether the files of a cluster are those of a TLS Secret. */
export function isTlsSecret({ fileOf }: Pick<LoadedCaCerts, 'fileOf'>, cluster: string): boolean {
  return fileOf(cluster, 'caCert').endsWith(tlsSecretFiles.caCert);
}

/** A bundle of CA certificates by cluster. */
export type CaCertsByCluster = Readonly<Record<string, CaCerts>>;
