/** The values in the vocabulary of Istio that the charts of no supported version read. */
export const unreadValues: readonly (readonly string[])[] = [
  ['base', 'validateGateway'],
  ['gateways', 'enabled'],
  ['global', 'jwtPolicy'],
  ['global', 'multiCluster', 'enabled'],
  ['global', 'multiCluster', 'globalDomainSuffix'],
  ['global', 'multiCluster', 'includeEnvoyFilter'],
  ['global', 'podDNSSearchNamespaces'],
  ['global', 'proxy', 'enableCoreDump'],
  ['global', 'proxy_init', 'resources'],
  ['global', 'revision'],
  ['istio_cni'],
  ['pilot', 'cni', 'chained'],
  ['pilot', 'enabled'],
  ['sidecarInjectorWebhook', 'injectionURL'],
];
