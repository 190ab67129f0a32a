import { isIPv4 } from 'node:net';
import { z } from 'zod';
import type { Problem } from '../problems/problem';
import { type AnyMeshDefinition, keyAlgorithms } from './definition';
import { eastWestGatewaySchema } from './gateway';
import { gitopsSchema, repositorySchema } from './gitops';
import { clusterIstioSchema, istioSchema } from './istio';
import { dnsLabel, integer, matching, nonEmptyString } from './schema-types';
import { meshSecretsSchema, secretsSchema } from './secrets/definition';

const labelValue = matching(
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  'Write letters, digits, hyphens, underscores and dots, at most 63 of them, such as network1.',
);

const trustDomain = matching(
  /^[a-z0-9]([-a-z0-9._]{0,253}[a-z0-9])?$/,
  'Write lower-case letters, digits, hyphens, underscores and dots, such as cluster.local.',
);

const server = z.string().superRefine((address, context) => {
  const problem = apiServerProblem(address);
  if (problem === undefined) return;
  const { code, message, hint } = problem;
  context.addIssue({ code: 'custom', message: hint, params: { code, message }, input: address });
});

const certificates = z.strictObject({
  directory: nonEmptyString.optional(),
  keyAlgorithm: z.enum(keyAlgorithms).optional(),
  rootValidityDays: integer(1, 36500).optional(),
  intermediateValidityDays: integer(1, 36500).optional(),
});

const cluster = z.strictObject({
  name: dnsLabel,
  network: labelValue,
  kubeconfig: nonEmptyString.optional(),
  context: nonEmptyString.optional(),
  server: server.optional(),
  tlsServerName: nonEmptyString.optional(),
  peers: z.array(z.string()).optional(),
  istio: clusterIstioSchema.optional(),
  secrets: secretsSchema.optional(),
  eastWestGateway: z.union([z.literal('disabled'), eastWestGatewaySchema]).optional(),
});

const verification = z.strictObject({
  helloWorld: z.enum(['enabled', 'disabled']).optional(),
  curlImage: nonEmptyString.optional(),
});

/** The schema of a mesh definition. {@link AnyMeshDefinition} documents its keys. */
export const definitionSchema = z.strictObject({
  meshID: matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'Write a name such as mesh1.'),
  trustDomain: trustDomain.optional(),
  istio: istioSchema.optional(),
  certificates: certificates.optional(),
  remotes: nonEmptyString.optional(),
  secrets: meshSecretsSchema.optional(),
  gitops: gitopsSchema.optional(),
  repository: repositorySchema.optional(),
  clusters: z.array(cluster).min(1, 'Write at least one cluster.'),
  verification: verification.optional(),
}) satisfies z.ZodType<AnyMeshDefinition>;

/**
 * Why the istiods of other clusters cannot use the address of an API server, or undefined if they may be able to.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/#api-server-access
 */
export function apiServerProblem(address: string): Pick<Problem, 'code' | 'message' | 'hint'> | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return {
      code: 'REMOTE-SERVER',
      message: `${JSON.stringify(address)} is not the address of an API server.`,
      hint: 'Write the full address, such as https://203.0.113.10:6443.',
    };
  }
  if (url.protocol === 'http:') {
    return {
      code: 'REMOTE-HTTP',
      message: `${JSON.stringify(address)} is not encrypted, so others on the network could read the token.`,
      hint: `Write the https address of the API server, such as https://${url.host}.`,
    };
  }
  if (isLoopback(url.hostname)) {
    return {
      code: 'REMOTE-LOOPBACK',
      message: `${JSON.stringify(address)} is a loopback address, so no other cluster can reach it.`,
      hint: 'Write the address at which other clusters reach the API server, such as https://203.0.113.10:6443.',
    };
  }
  return undefined;
}

function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  // A URL normalizes IPv6 addresses, and brackets contain nothing else. The first call of isIPv6 takes 7 ms.
  if (host.startsWith('[')) return host === '[::1]' || host === '[::]' || host.startsWith('[::ffff:7f');
  if (isIPv4(host)) return host.startsWith('127.') || host === '0.0.0.0';
  return host === 'localhost' || host.endsWith('.localhost');
}
