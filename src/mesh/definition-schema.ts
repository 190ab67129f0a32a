import { z } from 'zod';
import { credentialIn, shownAddress } from '../problems/address-credentials';
import type { ErrorCode } from '../problems/error-codes';
import { apiServerProblem } from './api-server-address';
import { dataPlaneSchema } from './data-plane';
import { type AnyMeshDefinition, keyAlgorithms } from './definition';
import { exposureSchema } from './exposure';
import { eastWestGatewaySchema } from './gateway';
import { clusterGatewaysSchema, gatewaysSchema } from './gateways/definition';
import { gitopsSchema, repositorySchema } from './gitops';
import { podDataPlanes, serviceScopes } from './hello-world';
import { clusterIstioSchema, istioSchema } from './istio';
import { patchesSchema } from './patches/schema';
import { isLocalProxy, proxyUrl } from './proxy-address';
import { readerSchema } from './reader';
import { dnsLabel, integer, matching, nonEmptyString, trustDomain, wordOf } from './schema-types';
import { meshSecretsSchema, secretsSchema } from './secrets/definition';
import { securityLevels } from './security';
import { meshServiceSchema } from './services';
import { waypointSchema } from './waypoints';

const labelValue = matching(
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  'Write letters, digits, hyphens, underscores and dots, at most 63 of them, such as network1.',
);

const server = z.string().superRefine((address, context) => {
  const problem = apiServerProblem(address);
  if (problem === undefined) return;
  const { code, message, hint } = problem;
  context.addIssue({ code: 'custom', message: hint, params: { code, message }, input: address });
});

const proxy = z.string().superRefine((address, context) => {
  const refuse = (code: ErrorCode, message: string) =>
    context.addIssue({ code: 'custom', message: proxyHint, params: { code, message }, input: address });
  const url = proxyUrl(address);
  if (credentialIn(address) !== undefined) {
    refuse('REMOTE-PROXY', `The address contains ${credentialIn(address)}, and mesh.yaml is committed.`);
  } else if (url === undefined)
    refuse('REMOTE-PROXY', `${shownAddress(address)} is not the address of a proxy.`);
  else if (isLocalProxy(url)) {
    refuse(
      'REMOTE-PROXY',
      `${shownAddress(address)} is an address of this machine, but no proxy runs beside istiod.`,
    );
  }
});

const proxyHint =
  'Write the address of a proxy that the other clusters can reach, such as http://203.0.113.20:3128 or socks5://203.0.113.20:1080.';

/** Names of the curves in other programs. */
const keyAlgorithmAliases: Readonly<Record<string, (typeof keyAlgorithms)[number]>> = {
  p256: 'EC-P256',
  'p-256': 'EC-P256',
  prime256v1: 'EC-P256',
  secp256r1: 'EC-P256',
  p384: 'EC-P384',
  'p-384': 'EC-P384',
  secp384r1: 'EC-P384',
};

const certificates = z.strictObject({
  directory: nonEmptyString.optional(),
  keyAlgorithm: wordOf(keyAlgorithms, keyAlgorithmAliases).optional(),
  rootValidityDays: integer(1, 36500).optional(),
  intermediateValidityDays: integer(1, 36500).optional(),
  warnBeforeExpiryDays: integer(1, 36500).optional(),
  rootRotation: z.enum(['enabled', 'disabled']).optional(),
});

const cluster = z.strictObject({
  name: dnsLabel,
  network: labelValue,
  trustDomain: trustDomain.optional(),
  kubeconfig: nonEmptyString.optional(),
  context: nonEmptyString.optional(),
  server: server.optional(),
  tlsServerName: nonEmptyString.optional(),
  proxyUrl: proxy.optional(),
  peers: z.array(z.string()).optional(),
  dataPlane: dataPlaneSchema.optional(),
  istio: clusterIstioSchema.optional(),
  secrets: secretsSchema.optional(),
  reader: readerSchema.optional(),
  eastWestGateway: z.union([z.literal('disabled'), eastWestGatewaySchema]).optional(),
  gateways: clusterGatewaysSchema.optional(),
  exposure: exposureSchema.optional(),
  patches: patchesSchema.optional(),
});

const verification = z.strictObject({
  helloWorld: z.enum(['enabled', 'disabled']).optional(),
  curlImage: nonEmptyString.optional(),
  dataPlane: z.enum(podDataPlanes).optional(),
  scope: z.enum(serviceScopes).optional(),
});

/** The schema of a mesh definition. {@link AnyMeshDefinition} documents its keys. */
export const definitionSchema = z.strictObject({
  meshID: matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'Write a name such as mesh1.'),
  trustDomain: trustDomain.optional(),
  security: z.enum(securityLevels).optional(),
  dataPlane: dataPlaneSchema.optional(),
  exposure: exposureSchema.optional(),
  istio: istioSchema.optional(),
  eastWestGateway: eastWestGatewaySchema.optional(),
  gateways: gatewaysSchema.optional(),
  certificates: certificates.optional(),
  remotes: nonEmptyString.optional(),
  reader: readerSchema.optional(),
  secrets: meshSecretsSchema.optional(),
  gitops: gitopsSchema.optional(),
  repository: repositorySchema.optional(),
  clusters: z.array(cluster).min(1, 'Write at least one cluster.'),
  patches: patchesSchema.optional(),
  services: z.array(meshServiceSchema).optional(),
  waypoints: z.array(waypointSchema).optional(),
  verification: verification.optional(),
}) satisfies z.ZodType<AnyMeshDefinition>;
