import type { PlainObject } from '../../kubernetes/manifest';
import type { Mesh } from '../../mesh/mesh';
import type { CaCerts } from '../../pki/ca-certs';
import type { RootEvidence } from '../../pki/root-evidence';
import { MeshError, type Problem } from '../../problems/problem';
import type { AcceptedRecipients } from './accepted-recipients';
import {
  type Cipher,
  encryptedSecretsOf,
  plainTextSecretsOf,
  type RecordedSecret,
} from './encrypted-secrets';
import type { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { Encryption } from './encryption';
import { differingField } from './record-object';
import { rootsIn } from './secret-record';

/** The plain text that this machine has, by the names of clusters. */
export interface Plaintext {
  /** The CA certificates, with their roots where they can be read. */
  readonly caCerts: Readonly<Record<string, Partial<Pick<CaCerts, 'rootCert'>>>>;
  /** The kubeconfigs of joined clusters. */
  readonly remotes: Readonly<Record<string, unknown>>;
}

/** The roots that a cluster trusts. */
interface TrustedRoots {
  readonly cluster: string;
  /** The fingerprints of the certificates. */
  readonly roots: readonly string[];
}

interface PreparedParts {
  readonly mesh: Mesh;
  readonly folder: EncryptedSecretsFolder;
  /** The ciphers by the paths of charts. */
  readonly ciphers: ReadonlyMap<string, Cipher>;
  readonly accepted: AcceptedRecipients;
}

/** The ciphers and records of a mesh, before its plain text is known. */
export class PreparedEncryption {
  private readonly mesh: Mesh;
  private readonly folder: EncryptedSecretsFolder;
  private readonly ciphers: ReadonlyMap<string, Cipher>;
  private readonly accepted: AcceptedRecipients;

  constructor({ mesh, folder, ciphers, accepted }: PreparedParts) {
    this.mesh = mesh;
    this.folder = folder;
    this.ciphers = ciphers;
    this.accepted = accepted;
  }

  /** The records of CA certificates, as they were read; also those of former clusters and damaged ones. */
  get recordedCaCerts(): readonly RootEvidence[] {
    return this.folder.recordedCaCerts;
  }

  /**
   * Decides for each Secret whether it is encrypted or its record is used.
   *
   * @throws MeshError where neither is possible, or where a record would be removed without its Secret being written
   */
  complete(plaintext: Plaintext): Encryption {
    const withoutPlaintext = (secret: RecordedSecret): boolean => !hasPlaintext(secret, plaintext);
    const encrypted = this.mesh.clusters.flatMap((cluster) => encryptedSecretsOf(this.mesh, cluster));
    const plain = this.mesh.clusters.flatMap((cluster) => plainTextSecretsOf(this.mesh, cluster));
    const fromRecords = encrypted.filter(withoutPlaintext);
    MeshError.throwIfAny([
      ...encrypted.flatMap((secret) =>
        withoutPlaintext(secret) ? this.unusableRecords(secret) : this.foreignFiles(secret),
      ),
      ...plain.filter(withoutPlaintext).flatMap((secret) => this.lostRecords(secret)),
      ...this.differentRoots(fromRecords, plaintext),
    ]);
    return new Encryption({
      mesh: this.mesh,
      folder: this.folder,
      ciphers: this.ciphers,
      usedRecords: new Set(
        fromRecords.filter(({ path }) => this.folder.records.has(path)).map(({ path }) => path),
      ),
    });
  }

  /**
   * The records that are encrypted for recipients which are not accepted. A synthesis on this machine would encrypt
   * them again; for the others, {@link complete} reports it.
   */
  unacceptedRecords(plaintext: Plaintext): Problem[] {
    const secrets = this.mesh.clusters.flatMap((cluster) => encryptedSecretsOf(this.mesh, cluster));
    return secrets.flatMap((secret) => {
      const record = this.folder.records.get(secret.path);
      if (typeof record !== 'object' || !hasPlaintext(secret, plaintext)) return [];
      if (this.accepted.acceptsLine(secret.path, record.recipients)) return [];
      return {
        code: 'SECRET-NEW-RECIPIENT' as const,
        location: { file: this.folder.fileOf(secret.path) },
        message: `The Secret is encrypted for ${record.recipients}, which is not accepted.`,
        hint: 'Replace the key or token in it, run istio-mesh synth, and commit the record.',
      };
    });
  }

  private foreignFiles({ path }: RecordedSecret): Problem[] {
    if (this.folder.records.get(path) !== 'foreign') return [];
    return [
      this.problem(
        path,
        'The file is at the path of a record, but istio-mesh did not write it.',
        'Move the file, or set secrets.directory to another folder.',
      ),
    ];
  }

  /** Why the record of a Secret without plain text cannot be used. */
  private unusableRecords(secret: RecordedSecret): Problem[] {
    const { path, source } = secret;
    const record = this.folder.records.get(path);
    if (record === undefined) return [];
    if (record === 'foreign') return this.foreignFiles(secret);
    if (record === 'damaged') {
      return [
        this.problem(
          path,
          `The record was changed after the Secret was encrypted, and ${source} is not on this machine.`,
          `Restore the record from git, or encrypt the Secret again: synthesize on a machine that has ${source}.`,
        ),
      ];
    }
    const cipher = this.ciphers.get(path);
    if (record.recipients === cipher?.recipients) return this.foreignObjects(secret, record.object, cipher);
    return [
      this.problem(
        path,
        `The Secret was encrypted for other recipients, or with another backend or scope, than mesh.yaml has now, and ${source} is not on this machine.`,
        `Synthesize on a machine that has ${source} to encrypt the Secret again, and commit the record.`,
      ),
    ];
  }

  /** Another object than the Secret would get into the output, and into the cluster. */
  private foreignObjects(secret: RecordedSecret, object: PlainObject, cipher: Cipher): Problem[] {
    const field = differingField(object, secret, cipher);
    if (field === undefined) return [];
    return [
      this.problem(
        secret.path,
        `The record is not the encrypted Secret of the mesh: ${field} is different.`,
        `Restore the record from git, or encrypt the Secret again: synthesize on a machine that has ${secret.source}.`,
      ),
    ];
  }

  /** The record would be removed, but the Secret could not be written in plain text instead. */
  private lostRecords({ path, source }: RecordedSecret): Problem[] {
    const record = this.folder.records.get(path);
    if (record === undefined || record === 'foreign') return [];
    return [
      this.problem(
        path,
        `The mesh writes this Secret in plain text now, and ${source} is not on this machine.`,
        `Synthesize on a machine that has ${source}, or choose the backend of the record again.`,
      ),
    ];
  }

  /** Records of clusters that would not trust each other. Certificates in plain text are validated before. */
  private differentRoots(secrets: readonly RecordedSecret[], { caCerts }: Plaintext): Problem[] {
    const recorded = secrets.flatMap(({ cluster, path, peer }) => {
      const record = this.folder.records.get(path);
      return peer === undefined && typeof record === 'object' ? { cluster, path, roots: record.roots } : [];
    });
    const inPlainText = Object.entries(caCerts).flatMap(([cluster, { rootCert }]): TrustedRoots[] =>
      rootCert === undefined ? [] : [{ cluster, roots: rootsIn(rootCert) }],
    );
    const all = [...inPlainText, ...recorded];
    return recorded.flatMap(({ path, roots }) => {
      const other = all.find((each) => !each.roots.some((root) => roots.includes(root)));
      if (other === undefined) return [];
      return {
        code: 'CA-ROOTS-DIFFER' as const,
        location: { file: this.folder.fileOf(path) },
        message: `The CA certificate in this record does not have a shared root with that of ${other.cluster}.`,
        hint: `Keep one root: remove the records with the other root, and synthesize on a machine that has ${this.mesh.certificates.directory} with the root to keep.`,
      };
    });
  }

  private problem(path: string, message: string, hint: string): Problem {
    return { code: 'SECRET-RECORD', location: { file: this.folder.fileOf(path) }, message, hint };
  }
}

function hasPlaintext({ cluster, peer }: RecordedSecret, { caCerts, remotes }: Plaintext): boolean {
  return (peer === undefined ? caCerts[cluster] : remotes[peer]) !== undefined;
}
