import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Document, parseDocument } from 'yaml';

/** npm uses cached packages instead of asking the registry. */
const quickInstallation = {
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};

/** An empty folder in which a user follows the pages. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'mesh-'));
  private readonly tarball: string;

  /**
   * @param programs the folder of istioctl; empty if it is on the PATH
   * @param kubeconfigs the kubeconfigs of the clusters, copied to cluster1.kubeconfig, …
   */
  constructor(
    private readonly programs: string,
    kubeconfigs: readonly string[],
  ) {
    for (const [index, kubeconfig] of kubeconfigs.entries()) {
      copyFileSync(kubeconfig, join(this.folder, `cluster${index + 1}.kubeconfig`));
    }
    // The package is already built, and another test may be using the build.
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', this.folder],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    this.tarball = join(this.folder, JSON.parse(packed)[0].filename);
  }

  /** Runs commands as the pages have them; the package, not published yet, is installed from its tarball. */
  run(commands: string): string {
    const script = commands.replace(/(?<=^npm install .*)\bcdk8s-istio-mesh\b/m, this.tarball);
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      ...this.spawnOptions(),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status === 0) return stdout;
    throw new Error(`exit status ${status} of\n${commands}\n${stdout}\n${stderr}`);
  }

  /** Runs kubectl against one cluster. */
  kubectl(cluster: string, args: string): string {
    return this.run(`kubectl --kubeconfig ${cluster}.kubeconfig ${args}`);
  }

  /** Starts commands in a new process group, with their output in a file. */
  start(commands: string, log: string): ChildProcess {
    const output = openSync(join(this.folder, log), 'w');
    const child = spawn('bash', ['-c', commands], {
      ...this.spawnOptions(),
      detached: true,
      stdio: ['ignore', output, 'ignore'],
    });
    closeSync(output);
    return child;
  }

  /** Edits mesh.yaml and keeps its comments. */
  editMesh(edit: (mesh: Document) => void): void {
    const file = join(this.folder, 'mesh.yaml');
    const mesh = parseDocument(readFileSync(file, 'utf8'));
    edit(mesh);
    writeFileSync(file, mesh.toString());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawnOptions() {
    const path = [this.programs, process.env.PATH].filter(Boolean).join(delimiter);
    return { cwd: this.folder, env: { ...process.env, ...quickInstallation, PATH: path } };
  }
}
