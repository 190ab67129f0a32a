import { globalDefaults } from './global-defaults';
import { pilotDefaults } from './pilot-defaults';

/**
 * The defaults of the newest istiod chart, under the names by which users set them.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/customize-installation/
 */
export const chartDefaults = {
  base: { enableIstioConfigCRDs: true },
  defaultRevision: '',
  experimental: { stableValidationPolicy: false },
  gatewayClasses: {},
  gateways: { securityContext: {}, seccompProfile: {} },
  global: globalDefaults,
  istiodRemote: {
    enabled: false,
    enabledLocalInjectorIstiod: false,
    injectionCABundle: '',
    injectionPath: '/inject',
    injectionURL: '',
  },
  meshConfig: { enablePrometheusMerge: true },
  ownerName: '',
  pilot: pilotDefaults,
  revision: '',
  revisionTags: [],
  sidecarInjectorWebhook: {
    alwaysInjectSelector: [],
    defaultTemplates: [],
    enableNamespacesByDefault: false,
    injectedAnnotations: {},
    neverInjectSelector: [],
    reinvocationPolicy: 'Never',
    rewriteAppHTTPProbe: true,
    templates: {},
  },
  telemetry: {
    enabled: true,
    v2: { enabled: true, prometheus: { enabled: true }, stackdriver: { enabled: false } },
  },
};
