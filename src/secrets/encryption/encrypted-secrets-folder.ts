import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { replaceFile } from '../../files/atomic-file';
import { readText } from '../../files/read-file';
import { StagedFiles } from '../../files/staged-files';
import { systemErrorCode, systemErrorReason } from '../../files/system-error';
import type { Mesh } from '../../mesh/mesh';
import type { RootEvidence } from '../../pki/root-evidence';
import { MeshError, type Problem } from '../../problems/problem';
import { caCertsChart } from '../mesh-secrets';
import {
  type ClusterRecipients,
  formatRecipients,
  parseRecipients,
  type Recipients,
  recipientsFile,
} from './accepted-recipients';
import { formatSecretRecord, parseSecretRecord, type SecretRecord } from './secret-record';

/** The records of a folder, by the paths of charts, such as cluster1/20-cacerts. */
export type SecretRecords = ReadonlyMap<string, SecretRecord | 'damaged' | 'foreign'>;

const extension = '.yaml';

/** The folder of encrypted Secrets, which is committed. It contains no plain text. */
export class EncryptedSecretsFolder {
  private constructor(
    private readonly path: string,
    private readonly shown: string,
    /** The records at the time of reading. */
    readonly records: SecretRecords,
    /** The accepted recipients; undefined if the folder has no list, as those of earlier versions. */
    readonly recipients: Recipients | undefined,
  ) {}

  /**
   * Reads the folder of a mesh. A missing folder is empty.
   *
   * @throws MeshError with every file that cannot be read
   */
  static read(mesh: Mesh, directory: string): EncryptedSecretsFolder {
    const path = resolve(directory, mesh.secrets.directory);
    const shown = mesh.secrets.directory;
    const problems: Problem[] = [];
    const records = new Map<string, SecretRecord | 'damaged' | 'foreign'>();
    for (const file of filesIn(path, shown, problems)) {
      const text = attempt(join(shown, file), 'read', problems, () => readText(join(path, file)));
      if (text !== undefined) records.set(file.slice(0, -extension.length), parseSecretRecord(text));
    }
    MeshError.throwIfAny(problems);
    const list = attempt(join(shown, recipientsFile), 'read', problems, () =>
      readText(join(path, recipientsFile)),
    );
    MeshError.throwIfAny(problems);
    const recipients = list === undefined ? undefined : parseRecipients(list, join(shown, recipientsFile));
    return new EncryptedSecretsFolder(path, shown, records, recipients);
  }

  /** The records of CA certificates, also those of former clusters and damaged ones. */
  get recordedCaCerts(): RootEvidence[] {
    return [...this.records].flatMap(([path, record]) => {
      const [cluster = '', chart] = path.split('/');
      if (chart !== caCertsChart || record === 'foreign') return [];
      const roots = typeof record === 'object' ? record.roots : [];
      return { cluster, source: 'record', file: this.fileOf(path), roots };
    });
  }

  /** The list of accepted recipients, as messages show it. */
  get shownRecipients(): string {
    return join(this.shown, recipientsFile);
  }

  /** The file of a record, as messages show it. */
  fileOf(chart: string): string {
    return join(this.shown, `${chart}${extension}`);
  }

  /**
   * Rejects a folder within the output folder. `cdk8s synth` empties the output before it runs the app, so the
   * records would be lost, and a clone without certificates would issue another root.
   *
   * @throws MeshError where the folder is within the output folder
   */
  refuseWithin(outdir: string): void {
    const path = relative(resolve(outdir), this.path);
    if (isAbsolute(path) || path.split(sep)[0] === '..') return;
    const message = `The folder is within the output folder ${outdir}, which cdk8s synth empties.`;
    const hint = 'Set secrets.directory to a folder beside the output folder.';
    throw new MeshError([{ code: 'SECRET-FILE', location: { file: this.shown }, message, hint }]);
  }

  /**
   * Writes the records of a mesh, and removes its records from an earlier run. Unchanged records and other
   * files stay as they are. All files are written under temporary names first and renamed afterwards, so that
   * an interrupted run leaves only complete files.
   *
   * @throws MeshError where the folder cannot be written
   */
  write(meshID: string, records: ReadonlyMap<string, SecretRecord>): void {
    const changed = [...records].filter(([path, record]) => this.records.get(path) !== record);
    const stale = [...this.records].filter(
      ([path, record]) => !records.has(path) && typeof record === 'object' && record.meshID === meshID,
    );
    const staged = new StagedFiles();
    const problems: Problem[] = [];
    attempt(this.shown, 'written', problems, () => {
      try {
        for (const [path, record] of changed) {
          staged.add(join(this.path, `${path}${extension}`), formatSecretRecord(record), 0o644);
        }
        staged.replaceTargets();
        for (const [path] of stale) this.remove(path);
      } finally {
        staged.discard();
      }
    });
    MeshError.throwIfAny(problems);
  }

  /**
   * Writes the list of accepted recipients. The clusters of another mesh with records in the same folder stay in it.
   *
   * @throws MeshError where the file cannot be written
   */
  writeRecipients(mesh: Mesh, recipients: Recipients): void {
    const problems: Problem[] = [];
    attempt(this.shownRecipients, 'written', problems, () => {
      const file = join(this.path, recipientsFile);
      const list = new Map([...this.recipientsOfOthers(mesh), ...recipients]);
      if (list.size === 0) rmSync(file, { force: true });
      else replaceFile(file, formatRecipients(list), 0o644);
    });
    MeshError.throwIfAny(problems);
  }

  private recipientsOfOthers({ meshID, clusters }: Mesh): [string, ClusterRecipients][] {
    const own = new Set(clusters.map(({ name }) => name));
    const others = [...this.records].flatMap(([path, record]) =>
      typeof record === 'object' && record.meshID !== meshID ? (path.split('/')[0] ?? '') : [],
    );
    return [...(this.recipients ?? [])].filter(([name]) => !own.has(name) && others.includes(name));
  }

  private remove(path: string): void {
    const file = join(this.path, `${path}${extension}`);
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
  }
}

/** The YAML files in the folders of clusters, as paths such as cluster1/20-cacerts.yaml. */
function filesIn(path: string, shown: string, problems: Problem[]): string[] {
  const namesIn = (folder: string): string[] =>
    attempt(join(shown, folder), 'read', problems, () => readdirSync(join(path, folder))) ?? [];
  return namesIn('')
    .filter((name) =>
      attempt(join(shown, name), 'read', problems, () => statSync(join(path, name)))?.isDirectory(),
    )
    .flatMap((folder) =>
      namesIn(folder)
        .filter((name) => name.endsWith(extension))
        .map((name) => `${folder}/${name}`),
    );
}

/** Undefined where the file system reports an error. It is a problem, except that a file to read may be missing. */
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
