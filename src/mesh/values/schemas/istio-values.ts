import { z } from 'zod';
import { labelSelector } from '../../kubernetes/label-selector';
import { matching } from '../../schema-types';
import {
  type BaseValues,
  type IstiodRemoteValues,
  reinvocationPolicies,
  type SidecarInjectorWebhookValues,
  validationFailurePolicies,
} from '../chart-values';
import type { ExperimentalValues, IstioValues } from '../istio-values';
import { istioPlatforms } from '../kubernetes-values';
import type { TelemetryProviderValues, TelemetryV2Values, TelemetryValues } from '../telemetry-values';
import { cniValues } from './cni-values';
import { anyMap, flag, mapOf, needed, text, textMap, texts } from './common';
import { gatewaysValues } from './gateway-values';
import { globalValues } from './global-values';
import { meshConfig } from './mesh-config';
import { pilotValues } from './pilot-values';
import { podAnnotations } from './pod-annotations';
import { caBundle, webhookPath, webhookUrl } from './webhook-client';
import { ztunnelValues } from './ztunnel-values';

/** The Service of a tag is istiod-revision-tag-<tag>, with at most 63 characters. */
const revisionTag = matching(
  /^[a-z0-9]([-a-z0-9]{0,41}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 43 of them, such as prod.',
);

let schema: z.ZodType<IstioValues> | undefined;

/**
 * The shape of Istio's values as their charts read them, without any name that these do not know. It is made
 * when it is first asked for, because hundreds of schemas take longer to make than most meshes to check.
 */
export function istioValues(): z.ZodType<IstioValues> {
  schema ??= mapOf<IstioValues>({
    global: needed(globalValues()),
    pilot: pilotValues(),
    meshConfig: needed(meshConfig()),
    sidecarInjectorWebhook: needed(sidecarInjectorWebhookValues()),
    telemetry: needed(telemetryValues()),
    gateways: needed(gatewaysValues()),
    gatewayClasses: z.record(z.string(), anyMap.nullable()),
    base: needed(baseValues()),
    revision: text,
    revisionTags: z.array(revisionTag),
    defaultRevision: text,
    compatibilityVersion: z.string({ error: 'Write a minor version of Istio in quotes, such as "1.30".' }),
    platform: z.enum(['', ...istioPlatforms]),
    profile: text,
    experimental: needed(mapOf<ExperimentalValues>({ stableValidationPolicy: flag })),
    ownerName: text,
    istiodRemote: needed(istiodRemoteValues()),
    cni: cniValues(),
    ztunnel: ztunnelValues(),
  });
  return schema;
}

function sidecarInjectorWebhookValues() {
  const labelSelectors = z.array(labelSelector);
  return mapOf<SidecarInjectorWebhookValues>({
    enableNamespacesByDefault: flag,
    reinvocationPolicy: z.enum(reinvocationPolicies),
    neverInjectSelector: labelSelectors,
    alwaysInjectSelector: labelSelectors,
    rewriteAppHTTPProbe: flag,
    injectedAnnotations: podAnnotations,
    templates: needed(textMap),
    defaultTemplates: texts,
  });
}

function istiodRemoteValues() {
  return mapOf<IstiodRemoteValues>({
    injectionURL: webhookUrl,
    injectionPath: webhookPath,
    injectionCABundle: caBundle,
    enabled: flag,
    enabledLocalInjectorIstiod: flag,
  });
}

function telemetryValues() {
  const provider = needed(mapOf<TelemetryProviderValues>({ enabled: flag }));
  return mapOf<TelemetryValues>({
    enabled: flag,
    v2: needed(mapOf<TelemetryV2Values>({ enabled: flag, prometheus: provider, stackdriver: provider })),
  });
}

function baseValues() {
  return mapOf<BaseValues>({
    enableIstioConfigCRDs: flag,
    enableCRDTemplates: flag,
    excludedCRDs: texts,
    validationURL: webhookUrl,
    validationCABundle: caBundle,
    validationFailurePolicy: z.enum(validationFailurePolicies),
  });
}
