import { createPrivateKey } from 'node:crypto';
import type { FileMode } from '../files/staged-files';
import type { Mesh } from '../mesh/mesh';
import { issueIntermediateCertificate, issueRootCertificate } from './ca-certificate';
import { caCertsFile, rootCertFile, rootKeyFile } from './certificates-folder';
import type { PemFolder } from './pem-folder';
import { type IssuingRoot, openFolderRoot } from './root';
import { randomSerialNumber } from './sign-certificate';

/**
 * The files of a certificates folder, each made from others as a rule of a Makefile would: only where it
 * is absent, and from what the others hold then.
 */
export class CaFiles {
  /** The files that were made, as the user names them. */
  readonly made: string[] = [];

  constructor(
    private readonly folder: PemFolder,
    private readonly certificates: Mesh['certificates'],
    private readonly now: Date,
  ) {}

  /**
   * Makes root-key.pem and root-cert.pem, and opens the root that they are then.
   *
   * @param rootCert the certificate of the key, where there is one already
   */
  completeRoot(rootKey: string, rootCert: string | undefined): IssuingRoot {
    const key = this.make(rootKeyFile, 0o600, () => rootKey);
    const cert = this.make(rootCertFile, 0o644, () => rootCert ?? this.issueRoot(key));
    return openFolderRoot(this.folder, cert, key, this.now);
  }

  /** Makes the files of a cluster. Its chain is its certificate and then the root's, byte for byte. */
  completeCluster(cluster: string, caKey: string, root: IssuingRoot): void {
    const key = this.make(caCertsFile(cluster, 'caKey'), 0o600, () => caKey);
    const caCert = this.make(caCertsFile(cluster, 'caCert'), 0o644, () => this.issue(cluster, key, root));
    const rootCert = this.make(caCertsFile(cluster, 'rootCert'), 0o644, () => root.text);
    this.make(caCertsFile(cluster, 'certChain'), 0o644, () => caCert + rootCert);
  }

  private issueRoot(key: string): string {
    return issueRootCertificate({
      privateKey: createPrivateKey(key),
      now: this.now,
      validityDays: this.certificates.rootValidityDays,
      serialNumber: randomSerialNumber(),
    });
  }

  private issue(cluster: string, key: string, issuer: IssuingRoot): string {
    return issueIntermediateCertificate({
      cluster,
      issuer,
      privateKey: createPrivateKey(key),
      now: this.now,
      validityDays: this.certificates.intermediateValidityDays,
      serialNumber: randomSerialNumber(),
    });
  }

  private make(name: string, mode: FileMode, text: () => string): string {
    const file = this.folder.readOrCreate(name, mode, text);
    if (file.created) this.made.push(this.folder.location(name).file);
    return file.text;
  }
}
