import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { inject } from 'vitest';
import { commands } from '../../e2e/commands';
import type { nodeVersions } from './setup';

export type Installer = 'npm' | 'pnpm';
export type NodeVersion = (typeof nodeVersions)[number];

/** How pnpm is called where the README calls npm. */
const pnpmCommands: readonly (readonly [RegExp, string])[] = [
  [/^npm init -y$/gm, 'pnpm init'],
  [/^npm install /gm, 'pnpm add '],
  [/^npx /gm, 'pnpm exec '],
];

const fixture = new URL('./project/', import.meta.url).pathname;

/** A project in a temporary folder, made by the commands of the README with the packed package. */
export class InstalledProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'installed-project-'));

  /** @param developmentPackages what is installed besides, to test and to compile */
  constructor(
    private readonly installer: Installer,
    developmentPackages: readonly string[],
  ) {
    this.run(commands.install.replace('cdk8s-istio-mesh', inject('tarball')), '24');
    this.run(commands.init, '24');
    this.run(`npm install --ignore-scripts --save-dev ${developmentPackages.join(' ')}`, '24');
    cpSync(fixture, this.folder, { recursive: true });
  }

  /** Runs commands of npm in a shell, with a version of Node; gives what they print. */
  run(script: string, node: NodeVersion, environment: Readonly<Record<string, string>> = {}): string {
    const translated =
      this.installer === 'npm'
        ? script
        : pnpmCommands.reduce((text, [command, other]) => text.replace(command, other), script);
    const modules = join(inject('tools'), 'node_modules');
    const path = [join(modules, `node-${node}`, 'bin'), join(modules, '.bin'), process.env.PATH];
    const { CDK8S_OUTDIR: _, NODE_OPTIONS: __, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', translated], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...inherited, ...environment, PATH: path.join(delimiter), NO_COLOR: '1', CI: 'true' },
    });
    if (status !== 0) throw new Error(`${translated}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Copies a file of an installed package into the project. */
  copyFromPackage(path: string, name: string): void {
    cpSync(join(this.folder, 'node_modules', path), join(this.folder, name));
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content);
  }

  /** The files below a folder of the project, with their text. */
  read(folder: string): Record<string, string> {
    const files = readdirSync(join(this.folder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(
      files
        .sort()
        .map((file) => [file.slice(this.folder.length + folder.length + 2), readFileSync(file, 'utf8')]),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
