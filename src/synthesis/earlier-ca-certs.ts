import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIfExists, readIfExists } from '../files/existing-files';
import type { RootEvidence, RootSource } from '../pki/root-evidence';
import { rootsIn } from '../secrets/encryption/secret-record';
import { caCertsChart } from '../secrets/mesh-secrets';
import { earlierFiles } from './earlier-output';

/** What the kinds of the objects that bring cacerts show. A certificate that cert-manager issues shows no root of here. */
const sources: Readonly<Record<string, RootSource | undefined>> = {
  Secret: 'output',
  SealedSecret: 'output',
  ExternalSecret: 'store',
};

/**
 * The CA certificates in the output of an earlier run, and its references to those in a store.
 *
 * @param outdir undefined if no earlier run had an output
 */
export function earlierCaCerts(outdir: string | undefined): RootEvidence[] {
  if (outdir === undefined) return [];
  const names = orElse(() => namesIfExists(outdir), undefined) ?? [];
  const folders = names.filter((name) => !name.startsWith('.'));
  const listed = orElse(() => earlierFiles(outdir), []).flatMap((path) => {
    const [cluster = '', file] = path.split('/');
    return file === fileName ? cluster : [];
  });
  const clusters = [...new Set([...folders, ...listed])].sort();
  const evidence = clusters.flatMap((cluster) =>
    evidenceOf(cluster, earlierCaCertsFile(outdir, cluster), listed.includes(cluster)),
  );
  // What has the certificates says more than what refers to them.
  return evidence.sort((one, other) => order.indexOf(one.source) - order.indexOf(other.source));
}

const fileName = `${caCertsChart}.k8s.yaml`;

/** The file with the CA certificate of a cluster in the output. */
export function earlierCaCertsFile(outdir: string, cluster: string): string {
  return join(outdir, cluster, fileName);
}

const order: readonly RootSource[] = ['output', 'missing-output', 'store'];

/** A file that exists and cannot be read may have certificates. */
function evidenceOf(cluster: string, file: string, isListed: boolean): RootEvidence[] {
  const evidence = (source: RootSource, roots: readonly string[] = []): RootEvidence[] => [
    { cluster, source, file, roots },
  ];
  const text = orElse(() => readIfExists(file), undefined);
  if (text === undefined && existsSync(file)) return evidence('output');
  if (text === undefined) return isListed ? evidence('missing-output') : [];
  // git may have changed the line ends.
  const kind = /^kind: (\w+)\r?$/m.exec(text)?.[1] ?? '';
  const source = sources[kind];
  if (source === undefined) return [];
  const rootCert = /^ +root-cert\.pem: ["']?([A-Za-z0-9+/=]+)["']?\r?$/m.exec(text)?.[1] ?? '';
  return evidence(source, rootsIn(Buffer.from(rootCert, 'base64').toString('utf8')));
}

/** The text of a file of the output; undefined if there is none that can be read. */
export function readText(file: string): string | undefined {
  return orElse(() => readIfExists(file), undefined);
}

/** What cannot be read is reported when the output is written. */
function orElse<T, Other>(read: () => T, otherwise: Other): T | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
