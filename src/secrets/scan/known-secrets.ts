import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { filesBelow } from '../../files/existing-files';
import type { Mesh } from '../../mesh/mesh';
import { rootKeyFile } from '../../pki/certificates-folder';
import { readPrivateKey } from '../../pki/private-key';
import { shownRemoteFile } from '../../remotes/remote-file';
import type { RemoteKubeconfig, RemoteUser } from '../../remotes/remote-kubeconfig';
import { readOldToken, shownOldToken } from '../../remotes/token-rotation';

/** A key or token of the mesh that is on this machine, and must not be in other files in plain text. */
export interface KnownSecret {
  /** A description without the secret itself, such as `the private key certs/cluster1/ca-key.pem`. */
  readonly name: string;
  /** The file that holds it, relative to mesh.yaml. */
  readonly file: string;
  /** Whether it is part of cacerts or of a remote secret. The key of the root is part of neither. */
  readonly kind: SecretKind | 'root';
  /** The secret itself: the private number of a key, the signature of a token, or a password. */
  readonly bytes: Buffer;
  /** Whether the bytes are text. Other bytes occur in text files only as base64. */
  readonly isText: boolean;
}

type Source = Pick<KnownSecret, 'name' | 'file'>;

/** The purpose of a secret. */
export type SecretKind = 'cacerts' | 'remoteSecrets';

/**
 * Loads the keys and tokens of a mesh that are on this machine: all private keys in its certificates folder,
 * and the credentials of joined clusters.
 *
 * @param directory the folder at which the definition's relative paths start
 */
export function loadKnownSecrets(
  mesh: Mesh,
  directory: string,
  remotes: Readonly<Record<string, RemoteKubeconfig>>,
): KnownSecret[] {
  return [
    ...keysOf(mesh, directory),
    ...Object.entries(remotes).flatMap(([name, { user }]) =>
      credentialsOf(shownRemoteFile(mesh, name), user),
    ),
    ...oldCredentials(mesh, directory),
  ];
}

/** Credentials that are being replaced are valid until they are revoked. */
function oldCredentials(mesh: Mesh, directory: string): KnownSecret[] {
  return mesh.clusters.flatMap(({ name }) => {
    const old = readOldToken(mesh, directory, name);
    return old === undefined ? [] : credentialsOf(shownOldToken(mesh, name), old.user);
  });
}

function keysOf(mesh: Mesh, directory: string): KnownSecret[] {
  const folder = resolve(directory, mesh.certificates.directory);
  return filesBelow(folder).flatMap((file) => {
    if (!/\.(pem|key)$/.test(file)) return [];
    const shown = join(mesh.certificates.directory, file);
    const source = { name: `the private key ${shown}`, file: shown };
    const kind = basename(file) === rootKeyFile ? 'root' : 'cacerts';
    return privateKey(source, kind, readFileSync(join(folder, file), 'utf8'));
  });
}

function credentialsOf(file: string, user: RemoteUser): KnownSecret[] {
  const pem = 'clientKeyData' in user ? Buffer.from(user.clientKeyData, 'base64').toString('utf8') : '';
  return [
    ...('token' in user ? [text({ name: `the token of ${file}`, file }, tokenSecret(user.token))] : []),
    ...('password' in user ? [text({ name: `the password of ${file}`, file }, user.password)] : []),
    ...privateKey({ name: `the client key of ${file}`, file }, 'remoteSecrets', pem),
  ];
}

function text(source: Source, secret: string): KnownSecret {
  return { ...source, kind: 'remoteSecrets', bytes: Buffer.from(secret), isText: true };
}

/** The header and payload of a JSON Web Token are not secret, and similar to those of other tokens. */
function tokenSecret(token: string): string {
  const [, , signature, more] = token.split('.');
  return signature !== undefined && signature.length >= 32 && more === undefined ? signature : token;
}

/** Only one number of a private key is secret. The rest of the file occurs in certificates or other keys as well. */
function privateKey(source: Source, kind: KnownSecret['kind'], pem: string): KnownSecret[] {
  if (!pem.includes('PRIVATE KEY-----')) return [];
  const reading = readPrivateKey(pem);
  if ('problem' in reading) return [];
  const { d } = reading.key.export({ format: 'jwk' });
  return d === undefined ? [] : [{ ...source, kind, bytes: Buffer.from(d, 'base64url'), isText: false }];
}
