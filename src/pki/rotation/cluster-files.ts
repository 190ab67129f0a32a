import { join } from 'node:path';
import type { FileMode } from '../../files/staged-files';
import { type CaCerts, caCertsFiles, caCrlFile } from '../ca-certs';
import type { LoadedCaCerts } from '../certificates-folder';
import type { PemFolder } from '../pem-folder';
import { tlsSecretFiles } from '../tls-secret-files';
import { isTlsSecret } from './root-rotation';

/** A file of a cluster, with its path in the certificates folder. */
interface ClusterFile {
  readonly name: string;
  readonly text: string;
  readonly mode: FileMode;
}

/** The CA certificates that a cluster gets, in the files that it already has. */
export class ClusterFiles {
  private readonly isTlsSecret: boolean;
  /** The CA certificates, as they are loaded from these files. */
  readonly caCerts: CaCerts;

  constructor(
    loaded: Pick<LoadedCaCerts, 'fileOf'>,
    private readonly cluster: string,
    caCerts: CaCerts,
  ) {
    this.isTlsSecret = isTlsSecret(loaded, cluster);
    const { caCert, rootCert } = caCerts;
    // istiod takes tls.crt and ca.crt together for the chain.
    this.caCerts = this.isTlsSecret ? { ...caCerts, certChain: withNewline(caCert) + rootCert } : caCerts;
  }

  /** Writes the files. The certificate comes last, so that it shows whether all of them are written. */
  write(folder: PemFolder): string[] {
    return this.files()
      .filter(({ name, mode, text }) => folder.replace(name, mode, text))
      .map(({ name }) => folder.location(name).file);
  }

  private files(): ClusterFile[] {
    const { caCert, caKey, certChain, rootCert, caCrl } = this.caCerts;
    const names = this.isTlsSecret ? tlsSecretFiles : caCertsFiles;
    const file = (name: string, text: string, mode: FileMode = 0o644): ClusterFile => ({
      name: join(this.cluster, name),
      text,
      mode,
    });
    return [
      file(names.caKey, caKey, 0o600),
      ...(this.isTlsSecret ? [] : [file(caCertsFiles.certChain, certChain)]),
      ...(caCrl === undefined ? [] : [file(caCrlFile, caCrl)]),
      file(names.rootCert, rootCert),
      file(names.caCert, caCert),
    ];
  }
}

/** A text that ends with a newline. */
export function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Every name of a file that a cluster's folder can have. */
export const clusterFileNames: readonly string[] = [
  ...Object.values(caCertsFiles),
  caCrlFile,
  ...Object.values(tlsSecretFiles),
];

/** The modes of files whose names end in these words. */
export function modeOf(name: string): FileMode {
  return /(-key\.pem|\.key)$/.test(name) ? 0o600 : 0o644;
}
