import { join } from 'node:path';
import type { Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import { caCertsFiles, caCrlFile } from './ca-certs';
import type { PemFolder } from './pem-folder';
import { tlsSecretFiles } from './tls-secret-files';

const clusterFiles: readonly string[] = [
  ...Object.values(caCertsFiles),
  caCrlFile,
  ...Object.values(tlsSecretFiles),
];

/** What editors, systems, git and openssl leave in a folder, and encrypted copies of keys. */
const tolerated: readonly RegExp[] = [
  /^\./,
  /~$|^#.*#$/,
  /\.(bak|backup|old|orig|rej|swp|tmp)$/i,
  /^(README|LICENSE|NOTICE|Makefile|Thumbs\.db|desktop\.ini|istio-generated)/i,
  /\.(md|txt|csr|cnf|conf|ext|srl|attr)$/i,
  /^(index|serial)(\.|$)/,
  /\.(age|asc|enc|gpg|sops)$/i,
];

/** Other names that people give to the files. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'root-cert.pem': ['root', 'root-ca', 'rootca', 'rootcert', 'root-certificate'],
  'ca-cert.pem': [
    'ca',
    'cacert',
    'cert',
    'intermediate',
    'intermediate-ca',
    'intermediate-cert',
    'ca-certificate',
  ],
  'ca-key.pem': ['key', 'cakey', 'intermediate-key', 'ca-private-key'],
  'cert-chain.pem': ['chain', 'certchain', 'fullchain', 'ca-chain', 'bundle'],
  'ca-crl.pem': ['crl', 'cacrl', 'root-crl', 'revoked'],
  'root-key.pem': ['rootkey', 'root-ca-key', 'root-private-key'],
};

/** Reports the files in the folder of a cluster that nothing reads: otherwise new certificates would be issued beside them. */
export function unknownClusterFiles(folder: PemFolder, cluster: string, names: readonly string[]): Problem[] {
  return unknown(names, clusterFiles).map((name) =>
    problemOf(folder, join(cluster, name), name, clusterFiles),
  );
}

/** Reports the files of a certificates folder itself that nothing reads; each of its folders is that of a cluster. */
export function unknownRootFiles(
  folder: PemFolder,
  names: readonly string[],
  known: readonly string[],
): Problem[] {
  const looksLikeMaterial = /\.(pem|crt|cer|cert|der|key|p12|pfx|jks|crl|p7b)$/i;
  return unknown(names, known)
    .filter((name) => looksLikeMaterial.test(name))
    .map((name) => problemOf(folder, name, name, known));
}

function unknown(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name) && !tolerated.some((pattern) => pattern.test(name)));
}

function problemOf(folder: PemFolder, path: string, name: string, known: readonly string[]): Problem {
  const meant = rightName(name, known);
  const rename = meant === undefined ? '' : `Rename it to ${meant}, or `;
  return {
    code: 'CA-UNKNOWN-FILE',
    location: folder.location(path),
    message: `Nothing reads a file of this name; the names are ${known.join(', ')}.`,
    hint: `${rename === '' ? 'M' : `${rename}m`}ove it out of the certificates folder.`,
  };
}

/** The name that was probably meant: with the same words, and another extension or other letters. */
function rightName(name: string, known: readonly string[]): string | undefined {
  const isKey = /\.key$/i.test(name);
  const stem = name
    .toLowerCase()
    .replace(/\.[a-z0-9]+$/, '')
    .replaceAll(/[_. ]/g, '-');
  const same = known.find((each) => each === `${stem}.pem` || (isKey && each === `${stem}-key.pem`));
  const alias = known.find((each) => otherNames[each]?.includes(stem) && isKey === each.includes('key'));
  return same ?? alias ?? nearest(name, known);
}
