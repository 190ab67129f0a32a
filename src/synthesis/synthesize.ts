import { dirname } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import { loadMesh } from '../mesh/mesh-file';
import type { Progress } from '../problems/progress';
import { type Inputs, loadInputs } from './inputs';
import { IstioMeshApp } from './istio-mesh-app';
import { writeOutput } from './output-folder';

/** What to synthesize, and where to. */
export interface SynthesizeOptions {
  /** The definition, such as mesh.yaml. */
  readonly meshFile: string;
  /**
   * The folder that the output is written to.
   * @default - CDK8S_OUTDIR, else dist
   */
  readonly outdir?: string;
  /**
   * Told about work that takes long.
   * @default - nobody is told
   */
  readonly progress?: Progress;
}

/** What a synthesis has written. */
export interface Synthesis {
  readonly mesh: Mesh;
  readonly inputs: Inputs;
  readonly outdir: string;
  /** The files, as paths within the output folder. */
  readonly files: readonly string[];
}

/** From mesh.yaml to the output folder: load, construct, write. */
export async function synthesize(options: SynthesizeOptions): Promise<Synthesis> {
  const { meshFile, outdir, progress } = options;
  const mesh = loadMesh(meshFile);
  const inputs = await loadInputs(mesh, { directory: dirname(meshFile), progress });
  const app = new IstioMeshApp({ mesh, ...inputs, outdir });
  const files = app.files();
  inputs.encryption?.writeRecords(app.outdir);
  writeOutput(app.outdir, files);
  return { mesh, inputs, outdir: app.outdir, files: files.map(({ path }) => path) };
}
