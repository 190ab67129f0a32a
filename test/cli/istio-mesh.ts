import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const program = join(process.cwd(), 'lib/bin/istio-mesh.js');

/** The exit status and the output of the program. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The surroundings of a run. */
interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the compiled program in a folder. */
export function istioMesh(cwd: string, ...args: readonly string[]): Run {
  return istioMeshWith({}, cwd, ...args);
}

/** Runs the compiled program in a folder, with more environment variables. */
export function istioMeshWith({ env = {} }: Surroundings, cwd: string, ...args: readonly string[]): Run {
  const { CDK8S_OUTDIR: _, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
  return { status, stdout, stderr };
}
