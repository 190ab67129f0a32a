import type { LabelSelectorValues } from './kubernetes-values';

/** The CustomResourceDefinitions and the webhook that validates custom resources. */
export interface BaseValues {
  /**
   * Whether Istio's CustomResourceDefinitions are installed.
   * @default - true
   */
  readonly enableIstioConfigCRDs?: boolean;
  /**
   * Whether the CustomResourceDefinitions are templates of the chart.
   * @default - true
   */
  readonly enableCRDTemplates?: boolean;
  /**
   * The names of CustomResourceDefinitions to exclude, such as envoyfilters.networking.istio.io.
   * @default - none
   */
  readonly excludedCRDs?: readonly string[];
  /**
   * The URL of the validation webhook, instead of istiod's Service.
   * @default - istiod's Service
   */
  readonly validationURL?: string;
  /**
   * The CA bundle of the validation webhook, as base64-encoded PEM.
   * @default - istiod adds its own
   */
  readonly validationCABundle?: string;
  /**
   * The failure policy of the validation webhook.
   * @default - Ignore; istiod changes it to Fail when it is ready
   */
  readonly validationFailurePolicy?: ValidationFailurePolicy;
}

/** The failure policies of the validation webhook. */
export const validationFailurePolicies = ['Ignore', 'Fail'] as const;
export type ValidationFailurePolicy = (typeof validationFailurePolicies)[number];

/** The address of the sidecar injector, and settings for an external istiod. */
export interface IstiodRemoteValues {
  /**
   * The URL of a sidecar injector outside the cluster.
   * @default - istiod's Service
   */
  readonly injectionURL?: string;
  /**
   * The path of the sidecar injector, which can contain variables for the injected pods.
   * @default - /inject
   */
  readonly injectionPath?: string;
  /**
   * The CA bundle of the sidecar injector, as base64-encoded PEM.
   * @default - istiod adds its own
   */
  readonly injectionCABundle?: string;
  /**
   * Whether istiod runs in another cluster.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * Whether an istiod in this cluster injects sidecars, even if istiod runs in another cluster.
   * @default - false
   */
  readonly enabledLocalInjectorIstiod?: boolean;
}

/** The webhook that injects sidecars, and its templates. */
export interface SidecarInjectorWebhookValues {
  /**
   * Whether pods in namespaces without an injection label also get sidecars.
   * @default - false
   */
  readonly enableNamespacesByDefault?: boolean;
  /**
   * Whether the API server calls the webhook again if other webhooks change a pod after injection.
   * @default - Never
   */
  readonly reinvocationPolicy?: ReinvocationPolicy;
  /**
   * Selectors of pods that never get a sidecar, unless an annotation of the pod requests one.
   * @default - none
   */
  readonly neverInjectSelector?: readonly LabelSelectorValues[];
  /**
   * Selectors of pods that always get a sidecar, unless one of `neverInjectSelector` selects them.
   * @default - none
   */
  readonly alwaysInjectSelector?: readonly LabelSelectorValues[];
  /**
   * Whether HTTP probes of injected pods are sent to the agent in the sidecar, so that they work with mutual TLS.
   * @default - true
   */
  readonly rewriteAppHTTPProbe?: boolean;
  /**
   * Annotations of all injected pods.
   * @default - none
   */
  readonly injectedAnnotations?: Readonly<Record<string, string>>;
  /**
   * Additional injection templates by name. Pods select them with the annotation `inject.istio.io/templates`.
   * @default - none
   */
  readonly templates?: Readonly<Record<string, string>>;
  /**
   * The templates of pods that do not select any.
   * @default - sidecar
   */
  readonly defaultTemplates?: readonly string[];
}

/** When the API server calls a webhook a second time. */
export const reinvocationPolicies = ['Never', 'IfNeeded'] as const;
export type ReinvocationPolicy = (typeof reinvocationPolicies)[number];

/** The tokens with which proxies request certificates. */
export interface SdsValues {
  /**
   * The service account token of a pod.
   * @default - a token for the audience istio-ca
   */
  readonly token?: SdsTokenValues;
}

/** The token with which a proxy requests a certificate. */
export interface SdsTokenValues {
  /**
   * The audience that the CA requires.
   * @default - istio-ca
   */
  readonly aud?: string;
}

/** The token exchange server (STS) in each proxy. */
export interface StsValues {
  /**
   * The port of the server; 0 disables it.
   * @default - 0
   */
  readonly servicePort?: number;
}
