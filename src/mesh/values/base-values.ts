/** Custom resource definitions, and the webhook that validates custom resources. */
export interface BaseValues {
  /**
   * Whether Istio's custom resource definitions are written at all.
   * @default - true
   */
  readonly enableIstioConfigCRDs?: boolean;
  /**
   * Whether the custom resource definitions are part of the chart's templates.
   * @default - true
   */
  readonly enableCRDTemplates?: boolean;
  /**
   * Names of custom resource definitions to leave out, such as envoyfilters.networking.istio.io.
   * @default - none
   */
  readonly excludedCRDs?: readonly string[];
  /**
   * The address at which the API server reaches the validation webhook, in place of istiod's Service.
   * @default - istiod's Service
   */
  readonly validationURL?: string;
  /**
   * The certificates, base64 of PEM, by which the API server trusts the validation webhook.
   * @default - istiod fills in its own
   */
  readonly validationCABundle?: string;
  /**
   * What the API server does with a resource while the validation webhook does not answer.
   * @default - Ignore, which istiod changes to Fail once it is ready
   */
  readonly validationFailurePolicy?: ValidationFailurePolicy;
}

/** What the API server does with a resource while the validation webhook does not answer. */
export const validationFailurePolicies = ['Ignore', 'Fail'] as const;
export type ValidationFailurePolicy = (typeof validationFailurePolicies)[number];
