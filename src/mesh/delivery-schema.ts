import { z } from 'zod';
import { type DeliveryDefinition, deliveryEngines, type RepositoryDefinition } from './delivery-definition';
import { dnsLabel, dnsSubdomain, matching, nonEmptyString } from './schema-types';

const engine = z.enum(deliveryEngines);

/** The shape of who applies the output. */
export const deliverySchema = z.union([
  engine,
  z.strictObject({ engine, namespace: dnsLabel.optional() }) satisfies z.ZodType<DeliveryDefinition>,
]);

/** The shape of where they find it. */
export const repositorySchema = z.strictObject({
  url: matching(
    /^((https?|ssh|file|oci):\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    'Write an address such as https://git.example.com/platform/mesh.git, ssh://git@git.example.com/platform/mesh.git or oci://registry.example.com/platform/mesh.',
  ),
  branch: nonEmptyString.optional(),
  tag: nonEmptyString.optional(),
  path: matching(
    /^[^\s/.][^\s/]*(\/[^\s/.][^\s/]*)*$/,
    'Write a path within the repository without a slash at its ends, such as dist.',
  ).optional(),
  secret: dnsSubdomain.optional(),
}) satisfies z.ZodType<RepositoryDefinition>;
