import { join } from 'node:path';
import { z } from 'zod';
import { matching } from '../schema-types';
import type { BackendDescription } from './backend-description';

/**
 * Settings of the backend `sops`, which encrypts the values of Secrets for the holders of age keys.
 *
 * @see https://getsops.io
 */
export interface SopsDefinition {
  /**
   * The public keys of the age recipients that can decrypt, such as age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p.
   */
  readonly age: readonly string[];
}

const agePublicKey = /^age1[0-9a-z]+$/;

const ageRecipient = matching(
  agePublicKey,
  'Write the public key that age-keygen prints, which begins with age1.',
).refine((text) => !agePublicKey.test(text) || hasBech32Checksum(text), {
  error: 'Write the public key as age-keygen prints it; a letter of this one was changed or lost.',
});

/** The schema of {@link SopsDefinition}. */
export const sopsSchema = z.strictObject({
  age: z.array(ageRecipient).min(1, 'Write at least one recipient.'),
}) satisfies z.ZodType<SopsDefinition>;

/** The settings for one cluster; without recipients where no backend needs them. */
export function sopsWithDefaults(
  mesh: SopsDefinition | undefined,
  cluster: SopsDefinition | undefined,
): SopsDefinition {
  return { age: cluster?.age ?? mesh?.age ?? [] };
}

/** Secrets with encrypted values, which SOPS or Flux decrypts before they are applied. */
export const sops: BackendDescription<'sops'> = {
  caCertificate: 'issued-locally',
  output: 'encrypted-file',
  remoteSecrets: 'supported',
  fluxDecryption: 'sops',
  settingsProblems: ({ sops: { age } }, gitopsTool) => {
    if (gitopsTool === 'argocd') {
      return [
        {
          message: 'Argo CD does not decrypt what SOPS has encrypted, and would apply the ciphertext.',
          hint: 'Write sealed-secrets or external-secrets, or gitops: flux.',
        },
      ];
    }
    if (age.length > 0) return [];
    return [
      {
        message: 'The backend sops needs the recipients that can decrypt.',
        hint: 'Write sops: { age: [age1…] } beside it.',
      },
    ];
  },
  contentSource: ({ encryptedSecrets, clusterName, chart }) =>
    join(encryptedSecrets, clusterName, `${chart}.yaml`),
  applyByHandSteps: (outdir) => [
    'kubectl rejects files that SOPS has encrypted. Decrypt and apply each of them:',
    `  sops decrypt ${outdir}/CLUSTER/FILE | kubectl apply -f -`,
  ],
};

const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * Whether the checksum of a Bech32 text, such as an age public key, is right. A wrong checksum reveals a typing error.
 *
 * @see https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
 */
export function hasBech32Checksum(text: string): boolean {
  const separator = text.lastIndexOf('1');
  const prefix = [...text.slice(0, separator)].map((letter) => letter.charCodeAt(0));
  const values = [...text.slice(separator + 1)].map((letter) => letters.indexOf(letter));
  if (separator < 1 || values.length < 6 || values.includes(-1)) return false;
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...values];
  return expanded.reduce(polymod, 1) === 1;
}

function polymod(checksum: number, value: number): number {
  const top = checksum >>> 25;
  return generators.reduce(
    (sum, generator, bit) => ((top >>> bit) & 1 ? sum ^ generator : sum),
    ((checksum & 0x1ffffff) << 5) ^ value,
  );
}
