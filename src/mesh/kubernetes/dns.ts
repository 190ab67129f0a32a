import { z } from 'zod';

/** The DNS policies of a pod. */
export const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
export type DnsPolicy = (typeof dnsPolicies)[number];

/** Name servers, search domains and options of a pod's resolver. */
export function dnsConfig() {
  const text = z.string();
  return z.strictObject({
    nameservers: z.array(text).nullish(),
    searches: z.array(text).nullish(),
    options: z.array(z.strictObject({ name: text, value: text.nullish() })).nullish(),
  });
}
