import { createPrivateKey } from 'node:crypto';
import type { FileMode } from '../files/staged-files';
import type { Mesh } from '../mesh/mesh';
import { issueIntermediateCertificate, issueRootCertificate } from './ca-certificate';
import { caCertsFile } from './ca-certs';
import { rootCertFile, rootKeyFile } from './certificates-folder';
import type { PemFolder } from './pem-folder';
import { type IssuingRoot, openFolderRoot, type RootRequest } from './root';
import { randomSerialNumber } from './sign-certificate';

/**
 * The files of a certificates folder. Like the targets of a Makefile, each file is only created if it
 * does not exist, from the current content of the files that it depends on.
 */
export class CaFiles {
  /** The files that were created, as messages show them. */
  readonly created: string[] = [];

  constructor(
    private readonly folder: PemFolder,
    private readonly certificates: Mesh['certificates'],
    private readonly request: RootRequest,
  ) {}

  /**
   * Creates root-key.pem and root-cert.pem if they do not exist, and opens the root.
   *
   * @param rootKey the key for a new root-key.pem
   * @param rootCert the existing certificate of that key, if there is one
   */
  completeRoot(rootKey: string, rootCert: string | undefined): IssuingRoot {
    const key = this.readOrCreate(rootKeyFile, 0o600, () => rootKey);
    const cert = this.readOrCreate(rootCertFile, 0o644, () => rootCert ?? this.issueRoot(key));
    return openFolderRoot(this.folder, cert, key, this.request);
  }

  /** Creates the missing files of a cluster. Its chain is its certificate followed by that of its root. */
  completeCluster(cluster: string, caKey: string, root: IssuingRoot): void {
    const file = (part: Parameters<typeof caCertsFile>[1]): string => caCertsFile(cluster, part);
    const key = this.readOrCreate(file('caKey'), 0o600, () => caKey);
    const caCert = this.readOrCreate(file('caCert'), 0o644, () => this.issue(cluster, key, root));
    this.readOrCreate(file('rootCert'), 0o644, () => root.text);
    this.readOrCreate(file('certChain'), 0o644, () => caCert + root.ownText);
  }

  private issueRoot(key: string): string {
    return issueRootCertificate({
      privateKey: createPrivateKey(key),
      now: this.request.now,
      validityDays: this.certificates.rootValidityDays,
      serialNumber: randomSerialNumber(),
    });
  }

  private issue(cluster: string, key: string, issuer: IssuingRoot): string {
    return issueIntermediateCertificate({
      cluster,
      issuer,
      privateKey: createPrivateKey(key),
      now: this.request.now,
      validityDays: this.certificates.intermediateValidityDays,
      serialNumber: randomSerialNumber(),
    });
  }

  private readOrCreate(name: string, mode: FileMode, text: () => string): string {
    const file = this.folder.readOrCreate(name, mode, text);
    if (file.created) this.created.push(this.folder.location(name).file);
    return file.text;
  }
}
