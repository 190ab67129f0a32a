import { z } from 'zod';
import { controlPlaneForms, istioProfiles, keyAlgorithms, type MeshDefinition } from './definition';
import { eastWestGatewaySchema } from './gateway-schema';
import { isIstioVersion } from './istio-version';
import { integer, matching, nonEmptyString } from './schema-types';
import { apiServerProblem } from './server-address';

const dnsLabel = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 63 of them, such as cluster1.',
);

const labelValue = matching(
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  'Write letters, digits, hyphens, underscores and dots, at most 63 of them, such as network1.',
);

const trustDomain = matching(
  /^[a-z0-9]([-a-z0-9._]{0,253}[a-z0-9])?$/,
  'Write lower-case letters, digits, hyphens, underscores and dots, such as cluster.local.',
);

const versionRemedy = 'Write a version of Istio from 1.12 on in three numbers, such as 1.31.0.';
const version = z
  .string({ error: versionRemedy })
  .refine(isIstioVersion, { error: versionRemedy })
  .meta({ pattern: '^1\\.(1[2-9]|[2-9]\\d|[1-9]\\d\\d)\\.\\d{1,3}(-[0-9A-Za-z.-]+)?$' });

const values = z.record(z.string(), z.json());

const server = z.string().superRefine((address, context) => {
  const problem = apiServerProblem(address);
  if (problem === undefined) return;
  const { code, found, remedy } = problem;
  context.addIssue({ code: 'custom', message: remedy, params: { code, found }, input: address });
});

const istio = z.strictObject({
  version: version.optional(),
  hub: matching(
    /^[^\s/]+(\/[^\s/]+)*$/,
    'Write a registry and folder without a slash at the end.',
  ).optional(),
  tag: matching(/^\w[\w.-]{0,127}$/, 'Write the tag of an image, such as 1.31.0-distroless.').optional(),
  revision: dnsLabel.optional(),
  profile: z.enum(istioProfiles).optional(),
  controlPlane: z.enum(controlPlaneForms).optional(),
  istioctl: nonEmptyString.optional(),
  values: values.optional(),
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
  istio: z.strictObject({ values: values.optional() }).optional(),
  eastWestGateway: z.union([z.literal('disabled'), eastWestGatewaySchema]).optional(),
});

const verification = z.strictObject({
  helloWorld: z.enum(['enabled', 'disabled']).optional(),
  curlImage: nonEmptyString.optional(),
});

/** The shape of a mesh definition; {@link MeshDefinition} says what each key is for. */
export const definitionSchema = z.strictObject({
  meshID: matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'Write a name such as mesh1.'),
  trustDomain: trustDomain.optional(),
  istio: istio.optional(),
  certificates: certificates.optional(),
  remotes: nonEmptyString.optional(),
  clusters: z.array(cluster).min(1, 'Write at least one cluster.'),
  verification: verification.optional(),
}) satisfies z.ZodType<MeshDefinition>;
