import type { Manifest, PlainObject } from '../../kubernetes/manifest';
import type { Mesh } from '../../mesh/mesh';
import { remoteSecretChart } from '../../mesh/secrets/charts';
import type { Cipher, EncryptingBackend } from './cipher';
import type { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { fingerprintOf, isFingerprintOf, type SecretRecord } from './secret-record';
import { rootsOfSecret } from './trusted-roots';

/** What encryption needs, loaded. */
export interface EncryptionParts {
  readonly mesh: Mesh;
  readonly folder: EncryptedSecretsFolder;
  /** How each chart that holds a Secret is encrypted, by its path, such as cluster1/20-cacerts. */
  readonly ciphers: ReadonlyMap<string, Cipher>;
  /** The paths of charts whose Secret is not on this machine, so that what is kept of it is used. */
  readonly withoutPlaintext: ReadonlySet<string>;
}

/**
 * Encrypts the Secrets of a mesh. What has been encrypted before is used while its content and its
 * recipients are the same, so that a synthesis changes nothing that did not change.
 */
export class Encryption {
  /** What is kept or has been encrypted, by the paths of charts. */
  private readonly secrets = new Map<string, SecretRecord>();

  constructor(private readonly parts: EncryptionParts) {
    const { ciphers, folder, mesh } = parts;
    for (const path of ciphers.keys()) {
      const kept = folder.secrets.get(path);
      if (typeof kept !== 'object') continue;
      this.secrets.set(path, kept.meshID === mesh.meshID ? kept : { ...kept, meshID: mesh.meshID });
    }
  }

  /** The files whose Secrets are not on this machine, and that are used as they are. */
  get usedRecords(): string[] {
    return [...this.parts.withoutPlaintext].map((path) => this.parts.folder.fileOf(path));
  }

  /** Whether every cluster that reads another keeps the remote secret for it, so that it need not be joined here. */
  hasRecordOfRemote(clusterName: string): boolean {
    const { mesh, withoutPlaintext } = this.parts;
    const readers = mesh.clusters.filter(({ peers }) => peers.includes(clusterName));
    const isKept = (reader: string) => withoutPlaintext.has(`${reader}/${remoteSecretChart(clusterName)}`);
    return readers.length > 0 && readers.every(({ name }) => isKept(name));
  }

  /**
   * Puts a SealedSecret into the place of each Secret whose backend that is. It is an object as any other:
   * what an GitOps tool wants on objects goes onto it.
   */
  seal(manifests: readonly Manifest[]): Manifest[] {
    return this.encrypt(manifests, 'sealed-secrets');
  }

  /**
   * Encrypts with SOPS the values of each Secret whose backend that is. To be called last: nothing of the
   * object can be changed afterwards.
   */
  encryptFiles(manifests: readonly Manifest[]): Manifest[] {
    return this.encrypt(manifests, 'sops');
  }

  /**
   * Writes the folder that keeps what has been encrypted.
   *
   * @param outdir the output folder
   * @throws MeshError where the one is within the other, or cannot be written
   */
  writeRecords(outdir: string): void {
    this.parts.folder.refuseWithin(outdir);
    this.parts.folder.write(this.parts.mesh.meshID, this.secrets);
  }

  private encrypt(manifests: readonly Manifest[], backend: EncryptingBackend): Manifest[] {
    const { ciphers, withoutPlaintext } = this.parts;
    const written = manifests.map((manifest) => {
      const cipher = ciphers.get(manifest.path);
      return cipher?.backend === backend ? this.encryptedManifest(manifest, cipher) : manifest;
    });
    const paths = new Set(manifests.map(({ path }) => path));
    const used = [...withoutPlaintext].filter(
      (path) => !paths.has(path) && ciphers.get(path)?.backend === backend,
    );
    return [...written, ...used.flatMap((path) => this.keptManifest(path))];
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
    const kept = this.secrets.get(path);
    if (kept?.recipients === recipients && isFingerprintOf(kept.content, secret)) return kept.object;
    const { meshID } = this.parts.mesh;
    const object = cipher.encrypt(secret);
    const content = fingerprintOf(secret);
    this.secrets.set(path, { meshID, content, recipients, roots: rootsOfSecret(secret), object });
    return object;
  }

  private keptManifest(path: string): Manifest[] {
    const kept = this.secrets.get(path);
    return kept === undefined ? [] : [{ path, content: { objects: [kept.object] } }];
  }
}
