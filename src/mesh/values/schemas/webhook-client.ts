import { z } from 'zod';
import { dnsSubdomain, matching } from '../../schema-types';

/**
 * Where the API server finds a webhook.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#contacting-the-webhook
 */

/** The address of a webhook outside the cluster, or an empty text for none. */
export const webhookUrl = z.string().refine((text) => text === '' || isWebhookUrl(text), {
  error:
    'Write an https address without user, query and fragment, such as https://istiod.example.com:15017/inject.',
});

function isWebhookUrl(text: string): boolean {
  return /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(text) && URL.canParse(text);
}

/** The path of a webhook at its Service. */
export const webhookPath = z.string().refine((text) => text === '' || isWebhookPath(text), {
  error:
    'Write a path such as /inject/cluster/cluster1, whose parts have lower-case letters, digits, hyphens and dots.',
});

function isWebhookPath(text: string): boolean {
  if (text === '/') return true;
  const [first, ...parts] = text.replace(/(?<=.)\/$/, '').split('/');
  return first === '' && parts.every((part) => dnsSubdomain.safeParse(part).success);
}

/** CA certificates in PEM, as base64; or an empty text for none. */
export const caBundle = matching(
  /^(LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t[A-Za-z0-9+/\s]*={0,2}\s*)?$/,
  'Write certificates in PEM, encoded as base64.',
);
