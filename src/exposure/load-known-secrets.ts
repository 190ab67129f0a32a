import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import { rootKeyFile } from '../pki/folder-content';
import { readPrivateKey } from '../pki/private-key';
import { shownRemoteFile } from '../remotes/remote-file';
import type { RemoteKubeconfig, RemoteUser } from '../remotes/remote-kubeconfig';
import { filesBelow } from './files-below';
import type { KnownSecret } from './known-secret';

/**
 * The keys and tokens of a mesh that are on this machine: the private keys of its certificates folder, of
 * whichever cluster, and how istiod logs in to joined clusters.
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
  ];
}

function keysOf(mesh: Mesh, directory: string): KnownSecret[] {
  const folder = resolve(directory, mesh.certificates.directory);
  return filesBelow(folder).flatMap((file) => {
    const name = `the private key ${join(mesh.certificates.directory, file)}`;
    if (!file.endsWith('.pem')) return [];
    const kind = file === rootKeyFile ? 'root' : 'cacerts';
    return privateKey(name, kind, readFileSync(join(folder, file), 'utf8'));
  });
}

function credentialsOf(file: string, user: RemoteUser): KnownSecret[] {
  if ('token' in user) return [text(`the token of ${file}`, tokenSecret(user.token))];
  if ('password' in user) return [text(`the password of ${file}`, user.password)];
  const pem = Buffer.from(user.clientKeyData, 'base64').toString('utf8');
  return privateKey(`the client key of ${file}`, 'remoteSecrets', pem);
}

function text(name: string, secret: string): KnownSecret {
  return { name, kind: 'remoteSecrets', bytes: Buffer.from(secret), isText: true };
}

/** What comes before a JSON Web Token's signature is no secret, and much the same in other tokens. */
function tokenSecret(token: string): string {
  const [, , signature, more] = token.split('.');
  return signature !== undefined && signature.length >= 32 && more === undefined ? signature : token;
}

/** A private key is one number; the rest of its file is in its certificate, or in other keys, too. */
function privateKey(name: string, kind: KnownSecret['kind'], pem: string): KnownSecret[] {
  if (!pem.includes('PRIVATE KEY-----')) return [];
  const reading = readPrivateKey(pem);
  if ('fault' in reading) return [];
  const { d } = reading.key.export({ format: 'jwk' });
  return d === undefined ? [] : [{ name, kind, bytes: Buffer.from(d, 'base64url'), isText: false }];
}
