import { dirname } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import { loadMesh } from '../mesh/mesh-file';
import { MeshError, type Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { earlierFiles } from './earlier-output';
import { earlierNetworks, type FormerClusters, findFormerClusters } from './former-clusters';
import { type Inputs, loadInputs } from './inputs';
import { IstioMeshApp } from './istio-mesh-app';
import { writeOutput } from './output-folder';
import { defaultOutdir, type LocatedMesh, outputLocationProblems } from './output-location';
import { lockingOutput } from './output-lock';

/** The input and the output of a synthesis. */
export interface SynthesizeOptions {
  /** The path of the definition, such as mesh.yaml. */
  readonly meshFile: string;
  /**
   * The output folder.
   * @default - the environment variable CDK8S_OUTDIR, the output of cdk8s.yaml, or dist
   */
  readonly outdir?: string;
  /**
   * Receives a line of text for each step of work that takes long.
   * @default - progress is not reported
   */
  readonly progress?: Progress;
}

/** The result of a synthesis. */
export interface Synthesis {
  readonly mesh: Mesh;
  readonly inputs: Inputs;
  readonly former: FormerClusters;
  /** Problems of the output folder that did not prevent the synthesis. */
  readonly warnings: readonly Problem[];
  readonly outdir: string;
  /** The paths of the written files within the output folder. */
  readonly files: readonly string[];
}

/**
 * Writes the output of a mesh: loads the definition and its inputs, and synthesizes the app.
 *
 * @throws MeshError with the problems of the definition, its inputs or the output
 */
export async function synthesize(options: SynthesizeOptions): Promise<Synthesis> {
  const { meshFile, outdir = defaultOutdir(), progress = silent } = options;
  const mesh = loadMesh(meshFile);
  const directory = dirname(meshFile);
  MeshError.throwIfAny(outputLocationProblems(outdir, { mesh, directory }));
  // From the inputs on: a run that waits uses the certificates and encrypted Secrets of the one before.
  return lockingOutput(outdir, progress, () => write({ mesh, directory, outdir, progress }));
}

async function write({
  mesh,
  directory,
  outdir,
  progress,
}: LocatedMesh & { outdir: string; progress: Progress }): Promise<Synthesis> {
  const inputs = await loadInputs(mesh, { directory, outdir, progress });
  const files = new IstioMeshApp({ mesh, ...inputs, outdir }).files();
  inputs.encryption?.writeRecords(outdir);
  const earlier = earlierFiles(outdir);
  const networks = earlierNetworks(outdir, earlier);
  const warnings = writeOutput(outdir, files);
  const former = findFormerClusters({ mesh, directory }, earlier, networks);
  return { mesh, inputs, former, warnings, outdir, files: files.map(({ path }) => path) };
}
