import { join } from 'node:path';
import { namesIfExists, readIfExists } from '../files/existing-files';
import type { EarlierCaCerts } from '../pki/issuing-conditions';
import { rootsIn } from '../secrets/encryption/secret-record';
import { caCertsChart } from '../secrets/mesh-secrets';

/**
 * The CA certificates in the output of an earlier run. References to a store are none: their certificates are
 * issued later.
 *
 * @param outdir undefined if no earlier run had an output
 */
export function earlierCaCerts(outdir: string | undefined): EarlierCaCerts[] {
  if (outdir === undefined) return [];
  return foldersIn(outdir).flatMap((cluster) => {
    const file = join(outdir, cluster, `${caCertsChart}.k8s.yaml`);
    const text = readText(file);
    if (text === undefined || !/^kind: (Secret|SealedSecret)$/m.test(text)) return [];
    const rootCert = /^ +root-cert\.pem: ["']?([A-Za-z0-9+/=]+)["']?$/m.exec(text)?.[1] ?? '';
    return { cluster, file, roots: rootsIn(Buffer.from(rootCert, 'base64').toString('utf8')) };
  });
}

/** What cannot be read is reported when the output is written. */
function foldersIn(outdir: string): string[] {
  try {
    return namesIfExists(outdir) ?? [];
  } catch {
    return [];
  }
}

/** The text of a file of the output; undefined if there is none that can be read. */
export function readText(file: string): string | undefined {
  try {
    return readIfExists(file);
  } catch {
    return undefined;
  }
}
