import type { Problem } from '../problems/problem';
import { CertificateReader } from './certificate-reader';
import type { FolderContent } from './certificates-folder';
import type { PemFolder } from './pem-folder';

const [earliest, latest] = [new Date('2026-01-01T00:00:00Z'), new Date('2050-01-01T00:00:00Z')];

/**
 * Reports a clock that is far off: certificates that it dates would not be valid. It cannot be before the start
 * of any certificate.
 */
export function clockProblems(
  folder: PemFolder,
  { rootCert, clusters }: FolderContent,
  now: Date,
): Problem[] {
  const reader = new CertificateReader();
  const texts = [rootCert, ...[...clusters.values()].flatMap(({ caCert, rootCert: root }) => [caCert, root])];
  const starts = texts.flatMap((text) =>
    reader.read(text ?? '').certificates.map(({ notBefore }) => notBefore.getTime()),
  );
  const newest = new Date(Math.max(earliest.getTime(), ...starts));
  const isLate = now >= latest;
  if (now >= newest && !isLate) return [];
  const bound = isLate ? `later than ${latest.toISOString()}` : `earlier than ${newest.toISOString()}`;
  return [
    {
      code: 'CA-CLOCK',
      location: folder.location(''),
      message: `The clock of this machine says ${now.toISOString()}, which cannot be right: it is ${bound}. No certificate is issued.`,
      hint: 'Correct the clock of this machine.',
    },
  ];
}
