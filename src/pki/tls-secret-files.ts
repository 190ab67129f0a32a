import { join } from 'node:path';
import type { Problem } from '../problems/problem';
import { type CaCerts, caCertsFiles } from './ca-certs';
import type { PemFolder } from './pem-folder';

/**
 * The files of a Kubernetes TLS Secret, from which istiod reads its CA, too. It then takes tls.crt and ca.crt
 * together for the chain.
 */
export const tlsSecretFiles = { caCert: 'tls.crt', caKey: 'tls.key', rootCert: 'ca.crt' } as const;

/** The file of a TLS Secret that has a part; problems of the chain are usually those of tls.crt. */
export function tlsSecretFile(cluster: string, part: keyof CaCerts): string {
  return join(
    cluster,
    part === 'certChain' ? tlsSecretFiles.caCert : part === 'caCrl' ? 'ca-crl.pem' : tlsSecretFiles[part],
  );
}

/** Whether a cluster's folder has files of a TLS Secret. */
export function hasTlsSecretFiles(names: readonly string[]): boolean {
  return Object.values(tlsSecretFiles).some((file) => names.includes(file));
}

/** Reads the files of a TLS Secret. They were issued elsewhere, so a missing one is a problem. */
export function readTlsSecretFiles(
  folder: PemFolder,
  cluster: string,
  names: readonly string[],
  problems: Problem[],
): Partial<CaCerts> {
  problems.push(...ambiguous(folder, cluster, names));
  const read = (part: keyof typeof tlsSecretFiles): string | undefined => {
    const name = join(cluster, tlsSecretFiles[part]);
    const before = problems.length;
    const text = folder.read(name, problems);
    if (text === undefined && problems.length === before) problems.push(missing(folder, name));
    return text;
  };
  const [rootCert, caCert, caKey] = [read('rootCert'), read('caCert'), read('caKey')];
  if (rootCert === undefined || caCert === undefined) return { caKey, caCert, rootCert };
  // Without a newline, the two would be one unreadable text.
  const certChain = caCert.endsWith('\n') ? caCert + rootCert : `${caCert}\n${rootCert}`;
  return { caKey, caCert, rootCert, certChain };
}

function ambiguous(folder: PemFolder, cluster: string, names: readonly string[]): Problem[] {
  const others = Object.values(caCertsFiles).filter((file) => names.includes(file));
  if (others.length === 0) return [];
  return [
    {
      code: 'CA-UNKNOWN-FILE',
      location: folder.location(cluster),
      message: `It has files of a TLS Secret, and ${others.join(', ')}. istiod would read only the TLS Secret.`,
      hint: 'Keep either tls.crt, tls.key and ca.crt, or the files that end with .pem.',
    },
  ];
}

function missing(folder: PemFolder, name: string): Problem {
  return {
    code: 'CA-MISSING',
    location: folder.location(name),
    message: 'The file is missing, but another file of its TLS Secret exists.',
    hint: 'Provide tls.crt, tls.key and ca.crt, or none of them.',
  };
}
