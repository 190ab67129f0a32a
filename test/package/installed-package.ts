import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Packs what `npm run build` has built. Gives the path of the tarball. */
export function pack(folder: string): string {
  const args = ['pack', '--ignore-scripts', '--offline', '--json', '--pack-destination', folder];
  const output = execFileSync('npm', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' });
  const [{ filename }] = JSON.parse(output);
  return join(folder, filename);
}

/** A project in a temporary folder in which nothing but this package, from its tarball, and its peers is installed. */
export class ProjectWithPackage {
  readonly folder = mkdtempSync(join(tmpdir(), 'project-'));
  readonly installed = join(this.folder, 'node_modules', 'cdk8s-istio-mesh');
  readonly manifest: {
    readonly version: string;
    readonly bin: Readonly<Record<string, string>>;
    readonly dependencies?: object;
    readonly peerDependencies: object;
  };

  constructor() {
    mkdirSync(this.installed, { recursive: true });
    execFileSync('tar', ['-xzf', pack(this.folder), '-C', this.installed, '--strip-components=1']);
    this.manifest = JSON.parse(readFileSync(join(this.installed, 'package.json'), 'utf8'));
    const { dependencies, peerDependencies } = this.manifest;
    // Linked, so that no network is needed. What the package does not declare, it does not find.
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) this.link(name);
  }

  /** Copies files and folders of the repository, such as its examples, into the project. */
  copy(...files: string[]): void {
    for (const file of files) cpSync(join(repository, file), join(this.folder, file), { recursive: true });
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs a program with Node; gives its standard output, and throws with all output where it fails. */
  node(args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
    const options = {
      cwd: this.folder,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
      stdio: 'pipe',
    } as const;
    return execFileSync(process.execPath, args, options);
  }

  /** Compiles the project's TypeScript into `js`. */
  compile(...files: string[]): void {
    const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--outDir', 'js'];
    try {
      this.node([join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, ...files]);
    } catch (error) {
      throw new Error((error as { stdout: string }).stdout);
    }
  }

  /** Every file below a folder of the project, with its text. */
  read(folder: string): Record<string, string> {
    const root = join(this.folder, folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    );
    const paths = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)));
    return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private link(name: string): void {
    const link = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), link);
  }
}
