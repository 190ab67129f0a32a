import type { LabelSelectorValues } from './kubernetes-values';

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
