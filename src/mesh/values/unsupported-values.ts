/** A value of Istio's that the native format of the control plane has no use for. */
export interface UnsupportedValue {
  readonly path: readonly string[];
  /** Why it cannot be used, as the rest of a sentence after its name. */
  readonly reason: string;
  /** What to do instead, as a sentence. */
  readonly hint: string;
}

const otherForm = 'Remove it, or write istio.controlPlane: istioctl.';

const elsewhere = (...path: string[]): UnsupportedValue => ({
  path,
  reason: 'is for clusters whose istiod is elsewhere, which the native format does not write',
  hint: otherForm,
});

const unread = (...path: string[]): UnsupportedValue => ({
  path,
  reason: 'has no effect: none of the charts of Istio 1.29 to 1.31 reads it',
  hint: 'Remove it.',
});

const crds = (name: string, hint: string): UnsupportedValue => ({
  path: ['base', name],
  reason: 'does not decide which CustomResourceDefinitions the native format writes',
  hint,
});

/** The values that exist in Istio, and not in the native format of the control plane. */
export const unsupportedValues: readonly UnsupportedValue[] = [
  elsewhere('istiodRemote', 'enabled'),
  elsewhere('istiodRemote', 'enabledLocalInjectorIstiod'),
  elsewhere('pilot', 'istiodRemote'),
  elsewhere('global', 'remotePilotAddress'),
  elsewhere('global', 'configCluster'),
  {
    path: ['cni'],
    reason: 'is for the CNI node agent, which the native format does not write',
    hint: 'Remove it; install the node agent by its own chart, and write pilot.cni.enabled: true.',
  },
  {
    path: ['ztunnel'],
    reason: 'is for the node proxy of ambient mode, which the native format does not write',
    hint: 'Remove it, and install ztunnel by its own chart.',
  },
  {
    path: ['gateways', 'istio-egressgateway'],
    reason: 'is for an egress gateway, which the native format does not write',
    hint: otherForm,
  },
  {
    path: ['gateways', 'istio-ingressgateway', 'enabled'],
    reason: 'does not decide whether there is an ingress gateway: istio.profile does',
    hint: 'Remove it, and write istio.profile: default for a gateway, or minimal for none.',
  },
  crds('enableIstioConfigCRDs', 'Remove it, and write istio.crds: skip where none shall be written.'),
  crds('enableCRDTemplates', 'Remove it, and write istio.crds: skip where none shall be written.'),
  crds('excludedCRDs', otherForm),
  {
    path: ['ownerName'],
    reason: 'names an operator as the owner of objects, which those of the native format do not have',
    hint: 'Remove it.',
  },
  {
    path: ['defaultRevision'],
    reason: 'does not decide the default revision: it is that of the first control plane',
    hint: 'Remove it, and write istio.revision.',
  },
  unread('base', 'validateGateway'),
  unread('gateways', 'enabled'),
  unread('global', 'jwtPolicy'),
  unread('global', 'multiCluster', 'enabled'),
  unread('global', 'multiCluster', 'globalDomainSuffix'),
  unread('global', 'multiCluster', 'includeEnvoyFilter'),
  unread('global', 'podDNSSearchNamespaces'),
  unread('global', 'proxy', 'enableCoreDump'),
  unread('global', 'proxy_init', 'resources'),
  unread('global', 'revision'),
  unread('istio_cni'),
  unread('pilot', 'cni', 'chained'),
  unread('pilot', 'enabled'),
  unread('sidecarInjectorWebhook', 'injectionURL'),
];
