import type { Manifest, PlainObject } from '../../kubernetes/manifest';
import type { Mesh } from '../../mesh/mesh';
import { backends } from '../../mesh/secrets/backends';
import { type Recipients, recipientsByCluster } from './accepted-recipients';
import { type Cipher, recordPath } from './encrypted-secrets';
import type { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { differingField } from './record-object';
import { fingerprintOf, isFingerprintOf, rootsOfSecret, type SecretRecord } from './secret-record';

/** The loaded parts of an encryption. */
export interface EncryptionParts {
  readonly mesh: Mesh;
  readonly folder: EncryptedSecretsFolder;
  /** The ciphers by the paths of charts, such as cluster1/20-cacerts. */
  readonly ciphers: ReadonlyMap<string, Cipher>;
  /** The paths of records that are used because the plain text is not on this machine. */
  readonly usedRecords: ReadonlySet<string>;
}

/**
 * Encrypts the Secrets of a mesh. While the content and the recipients of a Secret are the same, its record
 * is used instead, so that a synthesis changes no unchanged file.
 */
export class Encryption {
  /** The records that were read, and those of newly encrypted Secrets, by the paths of charts. */
  private readonly records = new Map<string, SecretRecord>();

  /** @internal */
  constructor(private readonly parts: EncryptionParts) {
    const { ciphers, folder, mesh } = parts;
    for (const path of ciphers.keys()) {
      const record = folder.records.get(path);
      if (typeof record !== 'object') continue;
      this.records.set(path, record.meshID === mesh.meshID ? record : { ...record, meshID: mesh.meshID });
    }
  }

  /** The files of records that are used because the plain text is not on this machine. */
  get usedRecords(): string[] {
    return [...this.parts.usedRecords].map((path) => this.parts.folder.fileOf(path));
  }

  /** Whether every cluster that reads another has a record of its remote secret, so that `join` is not needed here. */
  hasRecordOfRemote(clusterName: string): boolean {
    const { mesh, usedRecords } = this.parts;
    const readers = mesh.clusters.filter(({ peers }) => peers.includes(clusterName));
    const hasRecord = (cluster: string): boolean =>
      usedRecords.has(recordPath({ cluster, peer: clusterName }));
    return readers.length > 0 && readers.every(({ name }) => hasRecord(name));
  }

  /** The recipients that are not in the list yet, each with its cluster. A synthesis accepts and lists them. */
  get newRecipients(): string[] {
    const { recipients: listed } = this.parts.folder;
    return [...this.recipients].flatMap(([cluster, { cacerts = [], remoteSecrets = [] }]) => {
      const groups = listed?.get(cluster);
      const isListed = (each: string) =>
        groups?.cacerts?.includes(each) || groups?.remoteSecrets?.includes(each);
      return [...new Set([...cacerts, ...remoteSecrets])]
        .filter((each) => !isListed(each))
        .map((each) => `${cluster}: ${each}`);
    });
  }

  private get recipients(): Recipients {
    return recipientsByCluster([...this.parts.ciphers].map(([path, { recipients }]) => [path, recipients]));
  }

  /** Whether the Secret in a chart is encrypted. */
  encrypts(path: string): boolean {
    return this.parts.ciphers.has(path);
  }

  /**
   * Replaces Secrets with other objects, such as SealedSecrets. Call it before objects are annotated: GitOps
   * annotations belong on the object that is applied.
   *
   * @internal
   */
  encryptObjects(manifests: readonly Manifest[]): Manifest[] {
    return this.encrypt(manifests, 'encrypted-object');
  }

  /**
   * Encrypts the values of Secrets, as SOPS does. Call it last: the encryption protects the whole object.
   *
   * @internal
   */
  encryptFiles(manifests: readonly Manifest[]): Manifest[] {
    return this.encrypt(manifests, 'encrypted-file');
  }

  /**
   * Writes the folder of encrypted Secrets.
   *
   * @param outdir the output folder
   * @throws MeshError where the folder is within the output folder, or cannot be written
   * @internal
   */
  writeRecords(outdir: string): void {
    this.parts.folder.refuseWithin(outdir);
    const { folder, mesh } = this.parts;
    // A run that is interrupted in between leaves recipients without records, which the next run encrypts for.
    folder.writeRecipients(mesh, this.recipients);
    folder.write(mesh.meshID, this.records);
  }

  private encrypt(manifests: readonly Manifest[], output: 'encrypted-object' | 'encrypted-file'): Manifest[] {
    const cipherFor = (path: string): Cipher | undefined => {
      const cipher = this.parts.ciphers.get(path);
      return cipher !== undefined && backends[cipher.backend].output === output ? cipher : undefined;
    };
    const written = manifests.map((manifest) => {
      const cipher = cipherFor(manifest.path);
      return cipher === undefined ? manifest : this.encryptedManifest(manifest, cipher);
    });
    const paths = new Set(manifests.map(({ path }) => path));
    const used = [...this.parts.usedRecords].filter(
      (path) => !paths.has(path) && cipherFor(path) !== undefined,
    );
    return [...written, ...used.flatMap((path) => this.recordedManifest(path))];
  }

  private encryptedManifest({ path, content }: Manifest, cipher: Cipher): Manifest {
    if ('text' in content) return { path, content };
    const secret = content.objects.find(({ kind }) => kind === 'Secret');
    const objects = content.objects.map((object) =>
      object === secret ? this.encryptedSecret(path, object, cipher) : object,
    );
    return { path, content: { objects } };
  }

  private encryptedSecret(path: string, secret: PlainObject, cipher: Cipher): PlainObject {
    const { recipients } = cipher;
    const record = this.records.get(path);
    if (
      record?.recipients === recipients &&
      isFingerprintOf(record.content, secret) &&
      differingField(record.object, secret, cipher) === undefined
    ) {
      return record.object;
    }
    const { meshID } = this.parts.mesh;
    const object = cipher.encrypt(secret);
    const content = fingerprintOf(secret);
    this.records.set(path, { meshID, content, recipients, roots: rootsOfSecret(secret), object });
    return object;
  }

  private recordedManifest(path: string): Manifest[] {
    const record = this.records.get(path);
    return record === undefined ? [] : [{ path, content: { objects: [record.object] } }];
  }
}
