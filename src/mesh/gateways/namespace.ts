import { z } from 'zod';
import { istioSystem } from '../istio-names';
import { annotations, labels } from '../kubernetes/names';
import { dnsLabel } from '../schema-types';
import { type Texts, type TextsDefinition, texts, textsOf } from './texts';

/** The namespace of a gateway. */
export interface GatewayNamespaceDefinition {
  /**
   * The name of the namespace.
   */
  readonly name: string;
  /**
   * Whether the output has the namespace. Write `disabled` if something else creates it.
   * @default - enabled, but disabled for istio-system
   */
  readonly create?: 'enabled' | 'disabled';
  /**
   * The labels of the namespace.
   * @default - none, or with `security: hardened` the Pod Security level restricted
   */
  readonly labels?: TextsDefinition;
  /**
   * The annotations of the namespace.
   * @default - none
   */
  readonly annotations?: TextsDefinition;
}

/** The namespace of a gateway. */
export interface GatewayNamespace {
  readonly name: string;
  readonly create: 'enabled' | 'disabled';
  readonly labels: Texts;
  readonly annotations: Texts;
}

/** The schema of the namespace of a gateway. */
export const gatewayNamespaceSchema = z.union([
  dnsLabel,
  z.strictObject({
    name: dnsLabel,
    create: z.enum(['enabled', 'disabled']).optional(),
    labels: texts(labels).optional(),
    annotations: texts(annotations).optional(),
  }),
]) satisfies z.ZodType<string | GatewayNamespaceDefinition>;

/** Fills in the defaults of the namespace of a gateway. */
export function gatewayNamespace(
  definition: string | GatewayNamespaceDefinition = istioSystem,
): GatewayNamespace {
  const { name, create, labels, annotations }: GatewayNamespaceDefinition =
    typeof definition === 'string' ? { name: definition } : definition;
  return {
    name,
    create: name === istioSystem ? 'disabled' : (create ?? 'enabled'),
    labels: textsOf(labels),
    annotations: textsOf(annotations),
  };
}
