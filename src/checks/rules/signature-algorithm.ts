import { hasVerifiableSignature } from '../../pki/certificate';
import type { CaCertsRule } from './rule';

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
      found: `${certificate.name} is signed with ${certificate.signatureAlgorithm}, which istiod does not verify.`,
      remedy: 'Have it signed anew with SHA-256.',
    };
  });
