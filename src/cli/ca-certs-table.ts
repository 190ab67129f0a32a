import type { CaCerts } from '../pki/ca-certs';
import { parseCaCerts } from '../pki/parsed-ca-certs';
import { formatTable } from './terminal';

/** A table of the CA certificate of each cluster, and of its root certificate. */
export function caCertsTable(caCerts: Readonly<Record<string, CaCerts>>, now: Date): string {
  const rows = parseCaCerts(caCerts, now).map(({ cluster, caCert, path }) => [
    cluster,
    caCert?.name ?? '',
    caCert?.notAfter.toISOString().slice(0, 10) ?? '',
    path.root?.fingerprint ?? '',
  ]);
  return formatTable([['CLUSTER', 'SUBJECT', 'EXPIRES', 'ROOT (SHA-256)'], ...rows]);
}
