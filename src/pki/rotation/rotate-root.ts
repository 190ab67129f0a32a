import { join } from 'node:path';
import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import { type Progress, silent } from '../../problems/progress';
import { CaFiles } from '../ca-files';
import { rootCertFile, rootKeyFile } from '../certificates-folder';
import { requirementsOf, validateCaCerts } from '../checks/validate-ca-certs';
import { allIssuedNames } from '../issued-names';
import { PemFolder } from '../pem-folder';
import { generatePrivateKey } from '../private-key';
import { discardNextRoot, discardOldRoot, saveOldRoot } from './kept-roots';
import { lockingCertificates } from './locked-certificates';
import { checkNextRoot } from './next-root';
import { earliest, isBefore, phaseAfter, phaseBefore, type StablePhase } from './root-phase';
import { type RootRotation, readOrThrow, readRootRotation } from './root-rotation';
import { planClusters } from './root-step';
import { rotationFolders } from './rotation-folders';
import { writeSharedRoot } from './shared-root-files';

/** Options of {@link rotateRoot}. */
interface RotateRootOptions {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  readonly direction: 'forward' | 'back';
  /**
   * The clusters that change. Only the step to the new issuer can be taken by some clusters before others.
   * @default - all clusters
   */
  readonly clusters?: readonly string[];
  /** @default - no progress is reported */
  readonly progress?: Progress;
}

/** What a step of a rotation changed. */
export interface RotationStep {
  /** The phase that the clusters are in now; undefined if the next root was only staged. */
  readonly phase?: StablePhase;
  /** The clusters whose files changed. */
  readonly clusters: readonly string[];
  /** The files that changed, as messages show them. */
  readonly files: readonly string[];
}

/**
 * Takes one step of a rotation of the root in the certificates folder, or completes one that was interrupted. Checks
 * everything that the step writes before it changes a file of a cluster.
 *
 * @throws MeshError if the step is not possible
 */
export function rotateRoot(mesh: Mesh, options: RotateRootOptions): Promise<RotationStep> {
  const { directory, progress = silent } = options;
  return lockingCertificates(mesh, directory, progress, () => takeStep(mesh, options));
}

async function takeStep(mesh: Mesh, options: RotateRootOptions): Promise<RotationStep> {
  const { directory, direction, progress = silent } = options;
  const rotation = await readRootRotation(mesh, directory);
  refuseUnfinishedIntermediates(rotation.folder);
  if (rotation.state === 'none') {
    if (direction === 'back') throw noRotation(rotation);
    return { clusters: [], files: await stageNextRoot(mesh, rotation.folder, progress) };
  }
  if (rotation.state === 'finished') throw finished(rotation);
  checkNextRoot(mesh, rotation);
  const target = targetOf(rotation, direction);
  refuseSelection(rotation, target, options);
  const moving = clustersOf(rotation, target, options);
  const context = { mesh, directory, rotation, target, direction, progress };
  const planned = await planClusters(moving, context);
  const caCerts = Object.fromEntries([...planned].map(([name, files]) => [name, files.caCerts]));
  await validateCaCerts(
    { ...rotation.loaded.caCerts, ...caCerts },
    { now: new Date(), fileOf: rotation.loaded.fileOf, ...requirementsOf(mesh) },
  );
  if (target === 'both-roots' && direction === 'forward') saveOldRoot(rotation, moving);
  const files = writeSharedRoot(rotation, target);
  for (const clusterFiles of planned.values()) files.push(...clusterFiles.write(rotation.folder));
  if (target === 'new-root') discardNextRoot(rotation);
  if (target === 'old-root') discardOldRoot(rotation);
  return { phase: target, clusters: moving, files };
}

function refuseUnfinishedIntermediates(folder: PemFolder): void {
  if (!folder.exists(rotationFolders.nextIntermediates)) return;
  throw new MeshError([
    {
      code: 'CA-ROTATION',
      location: folder.location(rotationFolders.nextIntermediates),
      message: 'A rotation of intermediate certificates was interrupted.',
      hint: 'Complete it with istio-mesh rotate intermediates.',
    },
  ]);
}

/** The phase that the next step leads to. */
function targetOf({ phases }: Pick<RootRotation, 'phases'>, direction: 'forward' | 'back'): StablePhase {
  if (direction === 'forward') return phaseAfter(earliest(phases.values()));
  const latest = [...phases.values()].reduce((one, other) => (isBefore(one, other) ? other : one));
  return phaseBefore(latest);
}

function clustersOf({ phases }: RootRotation, target: StablePhase, options: RotateRootOptions): string[] {
  return [...phases].flatMap(([name, phase]) => {
    if (options.clusters?.includes(name) === false) return [];
    const isLeft = options.direction === 'forward' ? isBefore(phase, target) : isBefore(target, phase);
    return isLeft ? name : [];
  });
}

/** All clusters must trust both roots, or only the new one, before the next step. Issuers change one by one. */
function refuseSelection(
  { folder, phases }: RootRotation,
  target: StablePhase,
  { clusters, direction }: RotateRootOptions,
): void {
  const unknown = (clusters ?? []).filter((name) => !phases.has(name));
  MeshError.throwIfAny(
    unknown.map((name) => ({
      code: 'MESH-UNKNOWN-CLUSTER',
      location: {},
      message: `No cluster ${name} of the mesh has its CA certificates in ${folder.shown}.`,
      hint: `Write one of ${[...phases.keys()].join(', ')}.`,
    })),
  );
  const changesIssuers = direction === 'forward' ? target === 'new-issuer' : target === 'both-roots';
  if (clusters === undefined || changesIssuers) return;
  throw new MeshError([
    {
      code: 'CA-ROTATION',
      location: { file: folder.shown },
      message: 'Only the change of the issuer can be done in some clusters before others.',
      hint: 'Run the command without the names of clusters.',
    },
  ]);
}

/** Issues the next root, unless the user has put one there. */
async function stageNextRoot(mesh: Mesh, folder: PemFolder, progress: Progress): Promise<string[]> {
  const shown = join(folder.shown, rotationFolders.nextRoot);
  const next = new PemFolder(join(folder.path, rotationFolders.nextRoot), shown);
  const { keyAlgorithm } = mesh.certificates;
  progress(`Generating 1 ${keyAlgorithm} key`);
  const key = readOrThrow(next, rootKeyFile) ?? (await generatePrivateKey(keyAlgorithm));
  const files = new CaFiles(next, mesh.certificates, { names: allIssuedNames(mesh), now: new Date() });
  files.completeRoot(key, undefined);
  return files.created;
}

function noRotation({ folder }: RootRotation): MeshError {
  return new MeshError([
    {
      code: 'CA-ROTATION',
      location: folder.location(join(rotationFolders.nextRoot, rootCertFile)),
      message: 'No rotation of the root is under way, so there is no step to take back.',
      hint: 'To go back to an earlier root, put it into this folder, and rotate to it.',
    },
  ]);
}

function finished({ folder }: RootRotation): MeshError {
  const old = join(folder.shown, rotationFolders.oldRoot);
  return new MeshError([
    {
      code: 'CA-ROTATION',
      location: { file: old },
      message: 'The rotation of the root is finished, and this folder still has the old root.',
      hint: `Run istio-mesh rotate status. Once it passes, delete ${old} or move it to a safe place; then the next rotation can start.`,
    },
  ]);
}
