import { MeshError } from '../mesh/mesh-error';
import type { Problem } from '../mesh/problem';
import { CertificateReader } from './certificate-bundle';
import { type FolderContent, missingFiles, rootCertFile, rootKeyFile } from './folder-content';
import { certificateOf, type IssuingRoot, openRoot, openRootKey, type RootFault } from './issuing-root';
import type { PemFolder } from './pem-folder';

/**
 * The root of a certificates folder, with which missing certificates are to be issued; undefined where the
 * folder has none yet, and nothing that was issued under one.
 *
 * @throws MeshError where there is a root that cannot issue, or that the clusters do not have
 */
export function existingRoot(folder: PemFolder, content: FolderContent, now: Date): IssuingRoot | undefined {
  const inUse = rootCertsInUse(content);
  const holders = [...inUse.keys(), ...content.strangers];
  const { rootKey } = content;
  if (rootKey === undefined) {
    if (content.rootCert === undefined && holders.length === 0) return undefined;
    throw new MeshError([absentKey(folder, content)]);
  }
  const key = orThrow(folder, openRootKey(rootKey));
  const rootCert =
    content.rootCert ?? [...inUse.values()].find((text) => certificateOf(key, text) !== undefined);
  if (rootCert === undefined) {
    if (holders.length === 0) return undefined;
    throw new MeshError([absentCertificate(folder, holders)]);
  }
  const root = openFolderRoot(folder, rootCert, rootKey, now);
  MeshError.throwIfAny(otherRoots(folder, root, inUse));
  return root;
}

/**
 * Opens the root of a folder.
 *
 * @throws MeshError where it cannot issue
 */
export function openFolderRoot(folder: PemFolder, rootCert: string, rootKey: string, now: Date): IssuingRoot {
  return orThrow(folder, openRoot(rootCert, rootKey, now));
}

function orThrow<T extends object>(folder: PemFolder, opened: T | RootFault): T {
  if (!('found' in opened)) return opened;
  const { part, found, remedy } = opened;
  const place = folder.place(part === 'rootKey' ? rootKeyFile : rootCertFile);
  throw new MeshError([{ code: 'CA-ROOT', place, found, remedy }]);
}

function rootCertsInUse({ clusters }: FolderContent): Map<string, string> {
  return new Map([...clusters].flatMap(([name, { rootCert }]) => (rootCert ? [[name, rootCert]] : [])));
}

function absentKey(folder: PemFolder, { clusters }: FolderContent): Problem {
  const lacks = [...clusters].flatMap(([name, caCerts]) => {
    const missing = missingFiles(caCerts);
    return missing.length === 0 ? [] : `${name} lacks ${missing.join(', ')}`;
  });
  return {
    code: 'CA-ROOT',
    place: folder.place(rootKeyFile),
    found: `It is absent, and ${lacks.join('; ')}.`,
    remedy: 'Put the key of the root there until these are issued, or issue them where the key is.',
  };
}

function absentCertificate(folder: PemFolder, holders: readonly string[]): Problem {
  return {
    code: 'CA-ROOT',
    place: folder.place(rootCertFile),
    found: `It is absent, and nothing shows that root-key.pem is the key of the root of ${holders.join(', ')}.`,
    remedy: 'Put the certificate and the key of that root there.',
  };
}

/** A cluster that is to join the others under another root would not be trusted by them. */
function otherRoots(
  folder: PemFolder,
  { certificate }: IssuingRoot,
  inUse: ReadonlyMap<string, string>,
): Problem[] {
  const reader = new CertificateReader();
  const others = [...inUse].filter(([, text]) =>
    reader.read(text).certificates.every(({ fingerprint }) => fingerprint !== certificate.fingerprint),
  );
  if (others.length === 0) return [];
  return [
    {
      code: 'CA-ROOT',
      place: folder.place(rootCertFile),
      found: `${certificate.name} is not the root of ${others.map(([name]) => name).join(', ')}.`,
      remedy: 'Put the certificate and the key of that root there, or have all clusters issued anew.',
    },
  ];
}
