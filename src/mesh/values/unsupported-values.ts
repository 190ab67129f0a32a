/** An Istio value that the format native does not support. */
export interface UnsupportedValue {
  readonly path: readonly string[];
  /** Why it is not supported; continues a sentence that starts with the name of the value. */
  readonly reason: string;
  /** What to do instead, as an instruction. */
  readonly hint: string;
}

const useIstioctl = 'Remove it, or write istio.controlPlane: istioctl.';

const externalIstiod = (...path: string[]): UnsupportedValue => ({
  path,
  reason: 'is for clusters with an external istiod, which the format native does not support',
  hint: useIstioctl,
});

const unread = (...path: string[]): UnsupportedValue => ({
  path,
  reason: 'has no effect: the charts of Istio 1.29 to 1.31 do not read it',
  hint: 'Remove it.',
});

const crds = (name: string, hint: string): UnsupportedValue => ({
  path: ['base', name],
  reason: 'does not control which CustomResourceDefinitions the format native writes',
  hint,
});

/** The Istio values that the format native does not support. */
export const unsupportedValues: readonly UnsupportedValue[] = [
  externalIstiod('istiodRemote', 'enabled'),
  externalIstiod('istiodRemote', 'enabledLocalInjectorIstiod'),
  externalIstiod('pilot', 'istiodRemote'),
  externalIstiod('global', 'remotePilotAddress'),
  externalIstiod('global', 'configCluster'),
  {
    path: ['cni'],
    reason: 'is for the CNI node agent, which the format native does not write',
    hint: 'Remove it, install the node agent with its own chart, and set pilot.cni.enabled: true.',
  },
  {
    path: ['ztunnel'],
    reason: 'is for the node proxy of ambient mode, which the format native does not write',
    hint: 'Remove it, and install ztunnel with its own chart.',
  },
  {
    path: ['gateways', 'istio-egressgateway'],
    reason: 'is for an egress gateway, which the format native does not write',
    hint: useIstioctl,
  },
  {
    path: ['gateways', 'istio-ingressgateway', 'enabled'],
    reason: 'does not control the ingress gateway: istio.profile does',
    hint: 'Remove it, and set istio.profile to default for an ingress gateway, or to minimal for none.',
  },
  crds('enableIstioConfigCRDs', 'Remove it, and set istio.crds: skip to write no CustomResourceDefinitions.'),
  crds('enableCRDTemplates', 'Remove it, and set istio.crds: skip to write no CustomResourceDefinitions.'),
  crds('excludedCRDs', useIstioctl),
  {
    path: ['ownerName'],
    reason: 'sets an owning operator, which objects of the format native do not have',
    hint: 'Remove it.',
  },
  {
    path: ['defaultRevision'],
    reason: 'does not control the default revision: it is the revision of the first control plane',
    hint: 'Remove it, and set istio.revision.',
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
