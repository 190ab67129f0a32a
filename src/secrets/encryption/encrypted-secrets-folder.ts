import { readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { StagedFiles } from '../../files/staged-files';
import { systemErrorCode, systemErrorReason } from '../../files/system-error';
import type { Mesh } from '../../mesh/mesh';
import { caCertsChart } from '../../mesh/secrets/charts';
import { MeshError, type Problem } from '../../problems/problem';
import { encryptedSecretsPath } from './encrypted-charts';
import { formatSecretRecord, parseSecretRecord, type SecretRecord } from './secret-record';

/** What a folder keeps, by the paths of charts, such as cluster1/20-cacerts. */
export type SecretRecords = ReadonlyMap<string, SecretRecord | 'damaged' | 'foreign'>;

const ending = '.yaml';

/** The folder of a mesh that keeps what has been encrypted, to be committed: nothing in it is plain text. */
export class EncryptedSecretsFolder {
  private constructor(
    private readonly path: string,
    private readonly shown: string,
    /** What it held when it was read. */
    readonly secrets: SecretRecords,
  ) {}

  /**
   * Reads the folder of a mesh; one that is absent is empty.
   *
   * @throws MeshError with everything in it that cannot be read
   */
  static read(mesh: Mesh, directory: string): EncryptedSecretsFolder {
    const path = encryptedSecretsPath(mesh, directory);
    const shown = mesh.secrets.directory;
    const problems: Problem[] = [];
    const secrets = new Map<string, SecretRecord | 'damaged' | 'foreign'>();
    for (const file of filesIn(path, shown, problems)) {
      const text = attempt(join(shown, file), 'read', problems, () => readFileSync(join(path, file), 'utf8'));
      if (text !== undefined) secrets.set(file.slice(0, -ending.length), parseSecretRecord(text));
    }
    MeshError.throwIfAny(problems);
    return new EncryptedSecretsFolder(path, shown, secrets);
  }

  /** The clusters, of the mesh or formerly so, whose CA certificates are kept. */
  get caCerts(): string[] {
    return [...this.secrets].flatMap(([path, kept]) => {
      const [cluster = '', chart] = path.split('/');
      return chart === caCertsChart && kept !== 'foreign' ? cluster : [];
    });
  }

  /** The file of a chart, as the user names it. */
  fileOf(chart: string): string {
    return join(this.shown, `${chart}${ending}`);
  }

  /**
   * Refuses to be within the output, which `cdk8s synth` empties before anything can be read: the only copy
   * of what is kept would go, and a clone issue another root.
   *
   * @throws MeshError where it is
   */
  refuseWithin(outdir: string): void {
    const path = relative(resolve(outdir), this.path);
    if (isAbsolute(path) || path.split(sep)[0] === '..') return;
    const message = `It is within the output folder ${outdir}, which cdk8s synth empties.`;
    const hint = 'Name a folder beside it with secrets.directory.';
    throw new MeshError([{ code: 'SECRET-FILE', location: { file: this.shown }, message, hint }]);
  }

  /**
   * Makes the folder hold what is given, and removes what an earlier run put there for the same mesh.
   * What has not changed is not touched, and what is not ours stays. Each file is replaced as a whole, once
   * all have been written beside their places: whatever part of them a run leaves is sound.
   *
   * @throws MeshError where it cannot be written
   */
  write(meshID: string, secrets: ReadonlyMap<string, SecretRecord>): void {
    const changed = [...secrets].filter(([chart, kept]) => this.secrets.get(chart) !== kept);
    const stale = [...this.secrets].filter(([chart, kept]) => !secrets.has(chart) && isOf(kept, meshID));
    const staged = new StagedFiles();
    const problems: Problem[] = [];
    attempt(this.shown, 'written', problems, () => {
      try {
        for (const [chart, kept] of changed) {
          staged.add(join(this.path, `${chart}${ending}`), formatSecretRecord(kept), 0o644);
        }
        staged.replaceTargets();
        for (const [chart] of stale) this.remove(chart);
      } finally {
        staged.discard();
      }
    });
    MeshError.throwIfAny(problems);
  }

  private remove(chart: string): void {
    const file = join(this.path, `${chart}${ending}`);
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
  }
}

function isOf(kept: SecretRecord | 'damaged' | 'foreign', meshID: string): boolean {
  return typeof kept === 'object' && kept.meshID === meshID;
}

/** The files of the folders of clusters, as paths within the folder, with slashes. */
function filesIn(path: string, shown: string, problems: Problem[]): string[] {
  const namesIn = (folder: string): string[] =>
    attempt(join(shown, folder), 'read', problems, () => readdirSync(join(path, folder))) ?? [];
  return namesIn('')
    .filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory())
    .flatMap((folder) =>
      namesIn(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => `${folder}/${name}`),
    );
}

/** Undefined where the file system refuses, which is a problem unless there is nothing to be read. */
function attempt<T>(
  shown: string,
  what: 'read' | 'written',
  problems: Problem[],
  action: () => T,
): T | undefined {
  try {
    return action();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' && what === 'read') return undefined;
    const hint = 'Make it readable and writable, or set secrets.directory to another folder.';
    const message = `It cannot be ${what}: ${systemErrorReason(error)}.`;
    problems.push({ code: 'SECRET-FILE', location: { file: shown }, message, hint });
    return undefined;
  }
}
