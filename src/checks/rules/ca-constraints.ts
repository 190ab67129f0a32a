import { maySign } from '../../pki/certificate';
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
      found: isCa
        ? `The key usage of ${name} does not include keyCertSign.`
        : `${name} is not a CA: its basic constraints do not say CA:TRUE.`,
      remedy: 'Have it issued anew with critical CA:TRUE and with the key usage keyCertSign.',
    };
  });
