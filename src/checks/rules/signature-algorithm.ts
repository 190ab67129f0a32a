import type { CaCertsRule } from './rule';

/**
 * istiod verifies no signature made with SHA-1 or MD5. That of the root is its own and is never verified:
 * who trusts a root trusts it for what it is.
 */
export const signatureAlgorithm: CaCertsRule = ({ inUse, path }) =>
  inUse.flatMap(({ certificate, part }) => {
    if (part === 'rootCert' || certificate === path.root) return [];
    if (verified.test(certificate.signatureAlgorithm)) return [];
    return {
      code: 'CA-SIGNATURE',
      part,
      certificate,
      found: `${certificate.name} is signed with ${certificate.signatureAlgorithm}, which istiod does not verify.`,
      remedy: 'Have it signed anew with SHA-256.',
    };
  });

const verified =
  /^(sha(256|384|512)WithRSAEncryption|RSASSA-PSS with SHA(256|384|512)|ecdsa-with-SHA(256|384|512)|Ed25519)$/;
