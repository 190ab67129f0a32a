/** The API groups of the resources that configure Istio today. */
export const configurationGroups = [
  'security.istio.io',
  'networking.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
];

/**
 * Those and the groups of older releases. An older istiod beside this one may still watch them, and
 * stops working where the role that both share no longer allows it.
 *
 * @see https://github.com/istio/istio/issues/29382
 */
export const allGroups = [
  'config.istio.io',
  'security.istio.io',
  'networking.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
];
