import type { LabelSelectorValues } from './kubernetes-values';

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

/** How the API server reaches the injector, and istiod where it runs in another cluster. */
export interface IstiodRemoteValues {
  /**
   * The address of the injector outside of the cluster.
   * @default - istiod's Service
   */
  readonly injectionURL?: string;
  /**
   * The path of the injector at istiod's Service, which can carry variables for the injected pods.
   * @default - /inject
   */
  readonly injectionPath?: string;
  /**
   * The certificates, base64 of PEM, by which the API server trusts the injector.
   * @default - istiod fills in its own
   */
  readonly injectionCABundle?: string;
  /**
   * Whether istiod runs in another cluster.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * Whether sidecars are injected by an istiod of this cluster nevertheless.
   * @default - false
   */
  readonly enabledLocalInjectorIstiod?: boolean;
}

/** The webhook that gives pods their sidecar, and the templates that it fills. */
export interface SidecarInjectorWebhookValues {
  /**
   * Whether namespaces without any label get sidecars, too.
   * @default - false
   */
  readonly enableNamespacesByDefault?: boolean;
  /**
   * Whether the API server asks again when other webhooks change a pod after the sidecar was added.
   * @default - Never
   */
  readonly reinvocationPolicy?: ReinvocationPolicy;
  /**
   * Selectors of pods that never get a sidecar, unless an annotation of the pod asks for one.
   * @default - none
   */
  readonly neverInjectSelector?: readonly LabelSelectorValues[];
  /**
   * Selectors of pods that always get a sidecar, unless one of `neverInjectSelector` selects them.
   * @default - none
   */
  readonly alwaysInjectSelector?: readonly LabelSelectorValues[];
  /**
   * Whether HTTP probes of injected pods go through the sidecar's agent, so that they work with mutual TLS.
   * @default - true
   */
  readonly rewriteAppHTTPProbe?: boolean;
  /**
   * Annotations that every injected pod gets.
   * @default - none
   */
  readonly injectedAnnotations?: Readonly<Record<string, string>>;
  /**
   * Further injection templates by name; pods choose them by the annotation `inject.istio.io/templates`.
   * @default - none
   */
  readonly templates?: Readonly<Record<string, string>>;
  /**
   * The templates for pods that choose none.
   * @default - sidecar
   */
  readonly defaultTemplates?: readonly string[];
}

/** When the API server calls a webhook a second time. */
export const reinvocationPolicies = ['Never', 'IfNeeded'] as const;
export type ReinvocationPolicy = (typeof reinvocationPolicies)[number];

/** The tokens with which proxies ask for certificates. */
export interface SdsValues {
  /**
   * The token of a pod's service account.
   * @default - for the audience istio-ca
   */
  readonly token?: SdsTokenValues;
}

/** The token with which a proxy asks for a certificate. */
export interface SdsTokenValues {
  /**
   * The audience that the CA demands.
   * @default - istio-ca
   */
  readonly aud?: string;
}

/** The server in each proxy that exchanges tokens. */
export interface StsValues {
  /**
   * Its port; 0 turns it off.
   * @default - 0
   */
  readonly servicePort?: number;
}
