import type { PlainObject } from '../../kubernetes/manifest';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { backends, type EncryptedBackend, isEncryptedBackend } from '../../mesh/secrets/backends';
import type { Problem } from '../../problems/problem';
import { caCertsChart, type MeshSecret, ownRemoteSecretChart, secretsOf } from '../mesh-secrets';

/** Encrypts the Secrets of one cluster. */
export interface Cipher {
  readonly backend: EncryptedBackend;
  /** The recipients and settings of the encryption in one line. A record is used while this line is the same. */
  readonly recipients: string;
  /** The object to write instead of a Secret. Encryption is random, so two calls return different objects. */
  encrypt(secret: PlainObject): PlainObject;
  /** The object that `encrypt` returns, with {@link ciphertext} in place of what is random. */
  outline(secret: PlainObject): PlainObject;
  /** An encrypted object, with {@link ciphertext} in place of everything that has the form of what is random. */
  outlineOf(object: PlainObject): unknown;
}

/** Stands for what is different each time a Secret is encrypted. */
export const ciphertext = '<ciphertext>';

/** Replaces the values of a map that have the form of ciphertext; other values stay as they are. */
export function outlineValues(map: unknown, isCiphertext: (value: unknown) => boolean): unknown {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return map;
  const entries = Object.entries(map).map(([key, value]) => [key, isCiphertext(value) ? ciphertext : value]);
  return Object.fromEntries(entries);
}

/** Loads the cipher of a backend for one cluster; undefined after a problem. */
export type LoadCipher = (cluster: Cluster, context: CipherContext) => Promise<Cipher | undefined>;

interface CipherContext {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  /** The time at which certificates must be valid. */
  readonly now: Date;
  /** Receives everything that prevents encryption. */
  readonly problems: Problem[];
}

/** A Secret and the path of its record, such as cluster1/20-cacerts; its chart has the same path. */
export interface RecordedSecret<Backend extends MeshSecret['backend'] = MeshSecret['backend']>
  extends MeshSecret {
  readonly backend: Backend;
  readonly path: string;
}

/** The path of the record of a Secret. */
export function recordPath({ cluster, peer }: Pick<MeshSecret, 'cluster' | 'peer'>): string {
  return `${cluster}/${peer === undefined ? caCertsChart : ownRemoteSecretChart(peer)}`;
}

/** The Secrets of a cluster that are encrypted once all of its peers have joined. */
export function encryptedSecretsOf(mesh: Mesh, cluster: Cluster): RecordedSecret<EncryptedBackend>[] {
  return recordedSecretsOf(mesh, cluster).filter((secret): secret is RecordedSecret<EncryptedBackend> =>
    isEncryptedBackend(secret.backend),
  );
}

/** The Secrets of a cluster that are written in plain text, with the paths of records from an earlier backend. */
export function plainTextSecretsOf(mesh: Mesh, cluster: Cluster): RecordedSecret[] {
  return recordedSecretsOf(mesh, cluster).filter(({ backend }) => backends[backend].output === 'plain-text');
}

function recordedSecretsOf(mesh: Mesh, cluster: Cluster): RecordedSecret[] {
  return secretsOf(mesh, cluster).map((secret) => ({ ...secret, path: recordPath(secret) }));
}
