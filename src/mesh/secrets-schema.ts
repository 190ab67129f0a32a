import { z } from 'zod';
import { hasBech32Checksum } from './bech32';
import { externalSecretsSeparators, externalSecretsStoreKinds } from './external-secrets-definition';
import { dnsSubdomain, matching, nonEmptyString } from './schema-types';
import { sealedSecretsScopes } from './sealed-secrets-definition';
import { type MeshSecretsDefinition, remoteSecretsForms, secretsForms } from './secrets-definition';

const hours = matching(/^[1-9]\d{0,5}h$/, 'Write hours, such as 2160h.');

const sealedSecrets = z.strictObject({
  certificate: nonEmptyString.optional(),
  scope: z.enum(sealedSecretsScopes).optional(),
  controller: z
    .strictObject({ name: dnsSubdomain.optional(), namespace: dnsSubdomain.optional() })
    .optional(),
});

const agePublicKey = /^age1[0-9a-z]+$/;

const ageRecipient = matching(
  agePublicKey,
  'Write the public key that age-keygen prints, which begins with age1.',
).refine((text) => !agePublicKey.test(text) || hasBech32Checksum(text), {
  error: 'Write the public key as age-keygen prints it; a letter of this one was changed or lost.',
});

const sops = z.strictObject({ age: z.array(ageRecipient).min(1, 'Write at least one recipient.') });

const externalSecrets = z.strictObject({
  store: z.strictObject({ name: dnsSubdomain, kind: z.enum(externalSecretsStoreKinds).optional() }),
  path: matching(/^\/?[^\s/]+(\/[^\s/]+)*$/, 'Write a path without a slash at its end.').optional(),
  separator: z.enum(externalSecretsSeparators).optional(),
  refreshInterval: matching(/^(\d+(ms|s|m|h))+$/, 'Write a duration such as 1h.').optional(),
});

const certManager = z.strictObject({
  issuer: z
    .strictObject({ name: dnsSubdomain, kind: nonEmptyString.optional(), group: dnsSubdomain.optional() })
    .optional(),
  duration: hours.optional(),
  renewBefore: hours.optional(),
  istioCsr: z.enum(['enabled', 'disabled']).optional(),
});

/** The shape of what a cluster says of its Secrets. */
export const secretsSchema = z.strictObject({
  form: z.enum(secretsForms).optional(),
  remoteSecrets: z.enum(remoteSecretsForms).optional(),
  sealedSecrets: sealedSecrets.optional(),
  sops: sops.optional(),
  externalSecrets: externalSecrets.optional(),
  certManager: certManager.optional(),
});

/** The shape of what a mesh says of the Secrets of every cluster. */
export const meshSecretsSchema = secretsSchema.extend({
  directory: nonEmptyString.optional(),
}) satisfies z.ZodType<MeshSecretsDefinition>;
