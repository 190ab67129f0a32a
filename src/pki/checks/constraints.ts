import { hasVerifiableSignature, maySign } from '../certificate';
import type { CaCertsRule } from './rule';

/** Every certificate from ca-cert.pem up to the root must be one that may sign certificates. */
export const caConstraints: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (maySign(certificate)) return [];
    const { isCa, name } = certificate;
    return {
      code: isCa ? 'CA-KEY-USAGE' : 'CA-NOT-A-CA',
      part,
      certificate,
      message: isCa
        ? `The key usage of ${name} does not include keyCertSign.`
        : `${name} is not a CA: its basic constraints do not say CA:TRUE.`,
      hint: 'Have it issued anew with critical CA:TRUE and with the key usage keyCertSign.',
    };
  });

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Where a CA limits the purposes of what it signs, both sides of a workload's connections must be among
 * them by name: proxies look for them in every certificate of the chain, and anyExtendedKeyUsage will not do.
 */
export const extendedKeyUsage: CaCertsRule = ({ inUse }) =>
  inUse.flatMap(({ certificate, part }) => {
    const { extendedKeyUsage: purposes } = certificate;
    if (purposes === undefined || [serverAuth, clientAuth].every((side) => purposes.includes(side)))
      return [];
    return {
      code: 'CA-KEY-USAGE',
      part,
      certificate,
      message: `The extended key usage of ${certificate.name} does not include both serverAuth and clientAuth.`,
      hint: 'Have it issued anew without extended key usage, or with both.',
    };
  });

/**
 * istiod verifies no signature made with SHA-1 or MD5. That of the root is its own and is never verified:
 * who trusts a root trusts it for what it is.
 */
export const signatureAlgorithm: CaCertsRule = ({ inUse, path }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (part === 'rootCert' || certificate === path.root) return [];
    if (hasVerifiableSignature(certificate)) return [];
    return {
      code: 'CA-SIGNATURE',
      part,
      certificate,
      message: `${certificate.name} is signed with ${certificate.signatureAlgorithm}, which istiod does not verify.`,
      hint: 'Have it signed anew with SHA-256.',
    };
  });
