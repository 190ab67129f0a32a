import { z } from 'zod';
import { helloWorldHostIn, hostsOfDomain } from './cluster-domain';
import { matching, nonEmptyString } from './schema-types';

/** The Services that other networks can reach through the east-west gateway. */
export interface ExposureDefinition {
  /**
   * The namespaces whose Services are exposed.
   * @default - none besides those of `hosts`
   */
  readonly namespaces?: readonly string[];
  /**
   * The full names of Services, such as reviews.shop.svc.cluster.local, or of all Services of a namespace, such as
   * *.shop.svc.cluster.local.
   * @default - none besides those of `namespaces`
   */
  readonly hosts?: readonly string[];
}

/** What a cluster without restrictions exposes. */
export const exposeAll = 'all';

/** The name of a namespace. */
export const namespaceName = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'Write the name of a namespace, such as shop.',
);

/** The schema of `exposure`. */
export const exposureSchema = z.union([
  z.literal(exposeAll),
  z.strictObject({
    namespaces: z.array(namespaceName).optional(),
    hosts: z.array(nonEmptyString).optional(),
  }),
]) satisfies z.ZodType<ExposureDefinition | typeof exposeAll>;

/**
 * The hosts of the Gateway that exposes Services. istiod compares them with the names of Services; a namespace in
 * front of a host, such as shop/*.local, restricts nothing there.
 */
export function exposedHosts(
  exposure: ExposureDefinition | typeof exposeAll,
  domain: string,
  verification: 'enabled' | 'disabled' = 'disabled',
): string[] {
  if (exposure === exposeAll) return [hostsOfDomain(domain)];
  const { namespaces = [], hosts = [] } = exposure;
  const ofNamespaces = namespaces.map((name) => `*.${name}.svc.${domain}`);
  return [
    ...new Set([
      ...ofNamespaces,
      ...hosts,
      ...(verification === 'enabled' ? [helloWorldHostIn(domain)] : []),
    ]),
  ];
}
