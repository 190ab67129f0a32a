import type { z } from 'zod';
import { matching } from '../schema-types';
import { keyed } from './names';

export const quantityHint = 'Write a Kubernetes quantity, such as 100m or 128Mi.';

/** A quantity that is not negative. */
export const quantity = matching(
  /^\+?(\d+\.?\d*|\.\d+)([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d{1,3})$/,
  quantityHint,
);

/** Names without a prefix are those of Kubernetes itself. */
function isResourceName(name: string): boolean {
  return (
    /^(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(name) ||
    /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?\/[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/.test(name)
  );
}

const resourceHint =
  'Write cpu, memory, ephemeral-storage, or a name with a prefix, such as example.com/device.';

/** Amounts of resources of a container, by name. */
export function amounts<Amount extends z.ZodType>(amount: Amount) {
  return keyed(amount, isResourceName, resourceHint);
}
