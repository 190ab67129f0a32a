import { isIP } from 'node:net';
import { z } from 'zod';
import {
  type EastWestGatewayDefinition,
  loadBalancerClouds,
  loadBalancerSchemes,
  serviceTypes,
} from './gateway-definition';
import { integer, matching, nonEmptyString, stringMap } from './schema-types';

const quantity = matching(
  /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/,
  'Write a quantity as Kubernetes does, such as 100m or 128Mi.',
);

const quantities = z.record(z.string(), quantity);

const cidrRange = z
  .string()
  .refine(isCidrRange, { error: 'Write a range such as 203.0.113.0/24.' })
  .meta({ pattern: '^[0-9A-Fa-f:.]+/\\d{1,3}$' });

const ipAddress = z.string().refine((address) => isIP(address) > 0, {
  error: 'Write an IP address such as 203.0.113.10.',
});

const service = z.strictObject({
  type: z.enum(serviceTypes).optional(),
  annotations: stringMap.optional(),
  loadBalancerClass: nonEmptyString.optional(),
  loadBalancerIP: ipAddress.optional(),
  loadBalancerSourceRanges: z.array(cidrRange).optional(),
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
});

const autoscaling = z.strictObject({
  minReplicas: integer(1, 1000).optional(),
  maxReplicas: integer(1, 1000).optional(),
  targetCPUUtilizationPercentage: integer(1, 1000).optional(),
});

export const toleration = z.strictObject({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: integer(0, 31_536_000).optional(),
});

/** The shape of an east-west gateway's settings. */
export const eastWestGatewaySchema = z.strictObject({
  replicas: integer(0, 1000).optional(),
  autoscaling: z.union([z.literal('disabled'), autoscaling]).optional(),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional(),
  nodeSelector: stringMap.optional(),
  tolerations: z.array(toleration).optional(),
  affinity: z.record(z.string(), z.json()).optional(),
  priorityClassName: nonEmptyString.optional(),
  podAnnotations: stringMap.optional(),
  loadBalancer: z
    .strictObject({ cloud: z.enum(loadBalancerClouds), scheme: z.enum(loadBalancerSchemes).optional() })
    .optional(),
  service: service.optional(),
}) satisfies z.ZodType<EastWestGatewayDefinition>;

function isCidrRange(range: string): boolean {
  const [address = '', prefix = '', ...rest] = range.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return rest.length === 0 && isIP(address) > 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}
