import { type KeyObject, X509Certificate } from 'node:crypto';
import { MeshError, type Problem } from '../problems/problem';
import { missingFiles } from './ca-certs';
import { type Certificate, isValidAt, maySign } from './certificate';
import { allowsBothSides, nameViolations } from './certificate-path';
import { CertificateReader } from './certificate-reader';
import { type FolderContent, rootCertFile, rootKeyFile } from './certificates-folder';
import { lacksNewline, pemBlocks } from './pem';
import type { PemFolder } from './pem-folder';
import { curvesOfRoots, isKeyOf, readPrivateKey, unsupportedKey } from './private-key';
import type { GeneralNames } from './x509/general-names';

/** A root CA that can issue the certificates of clusters. */
export interface IssuingRoot {
  /** The text of root-cert.pem, which is copied to each cluster unchanged. */
  readonly text: string;
  /** The part of the text with the certificate of this root; during a rotation there are two. */
  readonly ownText: string;
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** What a root must be able to issue. */
export interface RootRequest {
  /** The names in the certificates below the root. */
  readonly names: GeneralNames;
  readonly now: Date;
}

/** A problem of a root's certificate or key that prevents it from issuing. */
interface RootProblem extends Pick<Problem, 'message' | 'hint'> {
  readonly part: 'rootCert' | 'rootKey';
}

/**
 * Opens a root from its certificate and key. Detects all problems that would make the certificates it
 * issues useless, before it issues any.
 */
function openRoot(rootCert: string, rootKey: string, request: RootRequest): IssuingRoot | RootProblem {
  const privateKey = openRootKey(rootKey);
  if ('message' in privateKey) return privateKey;
  const certificate = certificateOf(privateKey, rootCert);
  if (certificate === undefined) {
    return {
      part: 'rootKey',
      message: 'It does not belong to any certificate in root-cert.pem.',
      hint: keyHint,
    };
  }
  const message = lacksNewline(rootCert)
    ? 'It does not end with a newline.'
    : reasonNotToIssue(certificate, request);
  if (message !== undefined) return { part: 'rootCert', message, hint: certificateHint };
  return { text: rootCert, ownText: ownText(rootCert, certificate), certificate, privateKey };
}

/** Reads a root's key. */
function openRootKey(rootKey: string): KeyObject | RootProblem {
  const reading = readPrivateKey(rootKey);
  if ('problem' in reading) return { part: 'rootKey', message: reading.problem, hint: keyHint };
  const message = unsupportedKey(reading.key, curvesOfRoots);
  if (message === undefined) return reading.key;
  return {
    part: 'rootKey',
    message,
    hint: 'Use a root with an RSA key of at least 2048 bits, or an EC key on the curve P-256, P-384 or P-521.',
  };
}

/** The certificate of a key. During a renewal there are several; then the one that expires last. */
function certificateOf(key: KeyObject, text: string): Certificate | undefined {
  const { certificates } = new CertificateReader().read(text);
  return certificates
    .filter(({ publicKey }) => isKeyOf(key, publicKey))
    .sort((one, other) => other.notAfter.getTime() - one.notAfter.getTime())[0];
}

/** The text as it is if it has one certificate. */
function ownText(text: string, { der }: Certificate): string {
  return pemBlocks(text).length === 1 ? text : new X509Certificate(der).toString();
}

/** Why a root cannot issue the certificates of clusters, as a sentence. */
export function reasonNotToIssue(certificate: Certificate, { names, now }: RootRequest): string | undefined {
  const { name, notBefore, notAfter, basicConstraints } = certificate;
  if (!maySign(certificate)) return `${name} is not allowed to sign certificates.`;
  if (basicConstraints?.pathLength === 0)
    return `${name} has path length 0, so it cannot issue CA certificates.`;
  const [extension] = certificate.unhandledCritical;
  if (extension !== undefined)
    return `${name} has the critical extension ${extension}, which istiod cannot handle.`;
  if (!allowsBothSides(certificate))
    return `The extended key usage of ${name} does not include both serverAuth and clientAuth.`;
  const [violation] = nameViolations([certificate], names);
  if (violation !== undefined) return `The name constraints of ${name} ${violation.reason}.`;
  if (isValidAt(certificate, now)) return undefined;
  return `${name} is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, which does not include the current time.`;
}

const keyHint = 'Replace it with the key of the certificate in root-cert.pem, in PKCS #8 and not encrypted.';

const certificateHint =
  'Use a root that can issue, or issue the certificates of the cluster elsewhere and copy them to its folder.';

/**
 * The existing root of a certificates folder; undefined if the folder contains neither a root nor
 * certificates that were issued under one.
 *
 * @throws MeshError if the root cannot issue, or is not the root of the clusters
 */
export function existingRoot(
  folder: PemFolder,
  content: FolderContent,
  request: RootRequest,
): IssuingRoot | undefined {
  const inUse = rootCertsInUse(content);
  const dependents = [...inUse.keys(), ...content.otherClusters.keys()];
  const { rootKey } = content;
  if (rootKey === undefined) {
    if (content.rootCert === undefined && dependents.length === 0) return undefined;
    throw new MeshError([missingRootKey(folder, content)]);
  }
  const key = orThrow(folder, openRootKey(rootKey));
  const rootCert =
    content.rootCert ?? [...inUse.values()].find((text) => certificateOf(key, text) !== undefined);
  if (rootCert === undefined) {
    if (dependents.length === 0) return undefined;
    throw new MeshError([missingRootCert(folder, dependents)]);
  }
  const root = openFolderRoot(folder, rootCert, rootKey, request);
  MeshError.throwIfAny(otherRoots(folder, root, inUse));
  return root;
}

/**
 * Opens the root of a certificates folder.
 *
 * @throws MeshError if the root cannot issue
 */
export function openFolderRoot(
  folder: PemFolder,
  rootCert: string,
  rootKey: string,
  request: RootRequest,
): IssuingRoot {
  return orThrow(folder, openRoot(rootCert, rootKey, request));
}

function orThrow<T extends object>(folder: PemFolder, opened: T | RootProblem): T {
  if (!('message' in opened)) return opened;
  const { part, message, hint } = opened;
  const location = folder.location(part === 'rootKey' ? rootKeyFile : rootCertFile);
  throw new MeshError([{ code: 'CA-ROOT', location, message, hint }]);
}

function rootCertsInUse({ clusters }: FolderContent): Map<string, string> {
  return new Map([...clusters].flatMap(([name, { rootCert }]) => (rootCert ? [[name, rootCert]] : [])));
}

function missingRootKey(folder: PemFolder, { clusters, otherClusters }: FolderContent): Problem {
  const [shown] = otherClusters.values();
  const lacks = [...clusters].flatMap(([name, caCerts]) => {
    const missing = missingFiles(caCerts);
    return missing.length === 0 ? [] : `${name} lacks ${missing.join(', ')}`;
  });
  return {
    code: 'CA-ROOT',
    location: folder.location(rootKeyFile),
    message: `The key of the root is missing, and ${lacks.join('; ')}.${shown === undefined ? '' : ` ${shown} shows that the mesh has a root.`}`,
    hint: 'Copy the key of the root here until these files are issued, or issue them on the machine with the key. If the key is lost, restore the files of all clusters, and replace the root with istio-mesh rotate root.',
  };
}

function missingRootCert(folder: PemFolder, dependents: readonly string[]): Problem {
  return {
    code: 'CA-ROOT',
    location: folder.location(rootCertFile),
    message: `The certificate of the root is missing, and root-key.pem does not match the root of ${dependents.join(', ')}.`,
    hint: 'Restore the certificate and the key of that root.',
  };
}

/** The existing clusters would not trust a cluster whose certificates are issued under another root. */
function otherRoots(
  folder: PemFolder,
  { certificate }: IssuingRoot,
  inUse: ReadonlyMap<string, string>,
): Problem[] {
  const reader = new CertificateReader();
  const others = [...inUse].filter(([, text]) =>
    reader.read(text).certificates.every(({ fingerprint }) => fingerprint !== certificate.fingerprint),
  );
  if (others.length === 0) return [];
  return [
    {
      code: 'CA-ROOT',
      location: folder.location(rootCertFile),
      message: `${certificate.name} is not the root of ${others.map(([name]) => name).join(', ')}.`,
      hint: 'Restore the certificate and the key of that root, or delete the folders of all clusters to issue them again.',
    },
  ];
}
