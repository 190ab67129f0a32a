import { join } from 'node:path';
import type { Mesh } from '../../mesh/mesh';
import { MeshError, type Problem } from '../../problems/problem';
import type { Certificate } from '../certificate';
import { CertificateReader } from '../certificate-reader';
import { rootCertFile, rootKeyFile } from '../certificates-folder';
import { allIssuedNames } from '../issued-names';
import { lacksNewline } from '../pem';
import { PemFolder } from '../pem-folder';
import { openFolderRoot, reasonNotToIssue } from '../root';
import { type RootRotation, readOrThrow } from './root-rotation';
import { rotationFolders } from './rotation-folders';

/**
 * Checks the next root before any cluster trusts it.
 *
 * @throws MeshError with everything that would make its certificates useless
 */
export function checkNextRoot(mesh: Mesh, { folder, nextText = '', old }: RootRotation): void {
  const next = new PemFolder(
    join(folder.path, rotationFolders.nextRoot),
    join(folder.shown, rotationFolders.nextRoot),
  );
  const request = { names: allIssuedNames(mesh), now: new Date() };
  const location = next.location(rootCertFile);
  const { certificates, unreadable } = new CertificateReader().read(nextText);
  const problem = (message: string, hint: string): Problem => ({ code: 'CA-ROOT', location, message, hint });
  const isUnreadable = certificates.length === 0 || unreadable.length > 0;
  MeshError.throwIfAny([
    ...(isUnreadable ? [problem('It does not consist of certificates alone.', useAnother)] : []),
    ...(lacksNewline(nextText)
      ? [problem('It does not end with a newline.', 'Add a newline at its end.')]
      : []),
    ...certificates.flatMap((certificate) => [
      ...unusable(reasonNotToIssue(certificate, request)),
      ...unusable(sameKey(certificate, old)),
    ]),
  ]);
  const key = readOrThrow(next, rootKeyFile);
  if (key !== undefined) openFolderRoot(next, nextText, key, request);

  function unusable(reason: string | undefined): Problem[] {
    return reason === undefined ? [] : [problem(reason, useAnother)];
  }
}

/** With one key, nothing distinguishes the old certificates from the new ones. */
function sameKey(certificate: Certificate, old: readonly Certificate[]): string | undefined {
  const same = old.find(({ publicKey }) => publicKey.der.equals(certificate.publicKey.der));
  return (
    same && `${certificate.name} has the key of the old root, ${same.name}, so nothing would be rotated.`
  );
}

const useAnother = `Put another root certificate there, or remove the folder ${rotationFolders.nextRoot} so that a root is issued.`;
