import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { boundRole, manage, type PolicyRule, read } from '../../kubernetes/role';
import type { SharedInput } from '../input';
import type { IstioRelease } from '../istio-release';
import { allGroups, multiclusterGroup, trustBundleApi } from './api-groups';
import { clusterWideName, istiodAccount } from './naming';

/** The permissions of istiod in the whole cluster. */
export function clusterRole(input: SharedInput): readonly KubernetesObject[] {
  const metadata = { name: clusterWideName('istiod-clusterrole', input), labels: { app: 'istiod' } };
  const rules = [
    ...webhookRules,
    ...configurationRules(input),
    ...discoveryRules(input),
    ...ingressRules(input),
    ...certificateRules(input),
    ...authenticationRules,
    ...gatewayApiRules(input.release),
    { apiGroups: [''], resources: ['secrets'], verbs: read },
    ...multiclusterRules(input),
  ];
  return boundRole(metadata, rules, istiodAccount(input));
}

/** istiod writes its CA into the webhooks, and makes them strict when it is ready. */
const webhookRules: readonly PolicyRule[] = [
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations'],
    verbs: [...read, 'update', 'patch'],
  },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    verbs: [...read, 'update'],
  },
];

/** The resources with analysis results in their status. */
const analyzed = [
  'authorizationpolicies',
  'destinationrules',
  'envoyfilters',
  'gateways',
  'peerauthentications',
  'proxyconfigs',
  'requestauthentications',
  'serviceentries',
  'sidecars',
  'telemetries',
  'virtualservices',
  'wasmplugins',
  'workloadentries',
  'workloadgroups',
];

function configurationRules({ values }: SharedInput): readonly PolicyRule[] {
  const analysis: PolicyRule = {
    apiGroups: allGroups,
    resources: analyzed.map((resource) => `${resource}/status`),
    verbs: ['update', 'patch'],
  };
  return [
    { apiGroups: allGroups, resources: ['*'], verbs: read },
    ...(values.global.istiod.enableAnalysis ? [analysis] : []),
    { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: manage },
    {
      apiGroups: ['networking.istio.io'],
      resources: ['workloadentries/status', 'serviceentries/status'],
      verbs: manage,
    },
    { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies/status'], verbs: manage },
    { apiGroups: [''], resources: ['services/status'], verbs: manage },
    { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: read },
  ];
}

function discoveryRules({ values }: SharedInput): readonly PolicyRule[] {
  const untaint: PolicyRule = { apiGroups: [''], resources: ['nodes'], verbs: ['patch'] };
  return [
    { apiGroups: [''], resources: ['pods', 'nodes', 'services', 'namespaces', 'endpoints'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    ...(values.pilot.taint.enabled ? [untaint] : []),
  ];
}

function ingressRules({ values }: SharedInput): readonly PolicyRule[] {
  const legacyGroups = ['extensions', 'networking.k8s.io'];
  const legacy: readonly PolicyRule[] = [
    { apiGroups: legacyGroups, resources: ['ingresses'], verbs: read },
    { apiGroups: legacyGroups, resources: ['ingresses/status'], verbs: ['*'] },
  ];
  return [
    ...(values.global.istiod.enableAnalysis ? legacy : []),
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingressclasses'], verbs: read },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['*'] },
    // istiod writes the root certificate into every namespace.
    { apiGroups: [''], resources: ['configmaps'], verbs: [...read, 'create', 'update'] },
  ];
}

/** The providers that do not request certificates from Kubernetes. */
const providersWithoutRequests = ['istiod', 'custom', 'none'];

function certificateRules({ values }: SharedInput): readonly PolicyRule[] {
  const { global, pilot } = values;
  const apiGroups = ['certificates.k8s.io'];
  const requests: readonly PolicyRule[] = [
    {
      apiGroups,
      resources: ['', '/approval', '/status'].map((part) => `certificatesigningrequests${part}`),
      verbs: ['update', 'create', 'get', 'delete', 'watch'],
    },
    { apiGroups, resources: ['signers'], resourceNames: ifSet(global.certSigners), verbs: ['approve'] },
  ];
  const bundles: readonly PolicyRule[] = [
    {
      apiGroups,
      resources: ['clustertrustbundles'],
      verbs: [...read, 'create', 'update', 'delete'],
    },
    { apiGroups, resources: ['signers'], resourceNames: ['istio.io/istiod-ca'], verbs: ['attest'] },
  ];
  const usesRequests = pilot.env.EXTERNAL_CA || !providersWithoutRequests.includes(global.pilotCertProvider);
  return [...(usesRequests ? requests : []), ...(trustBundleApi(values) ? bundles : [])];
}

const authenticationRules: readonly PolicyRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/** The resources of the Gateway API with a status that istiod writes. */
const gatewayStatuses = [
  'backendtlspolicies',
  'gatewayclasses',
  'gateways',
  'grpcroutes',
  'httproutes',
  'referencegrants',
  'tcproutes',
  'tlsroutes',
  'udproutes',
];

function gatewayApiRules({ listenerSets }: IstioRelease): readonly PolicyRule[] {
  const group = 'gateway.networking.k8s.io';
  const experimentalGroup = 'gateway.networking.x-k8s.io';
  const listenerResources = (name: IstioRelease['listenerSets']) => (listenerSets === name ? [name] : []);
  const status = (resources: readonly string[]) => resources.map((resource) => `${resource}/status`);
  return [
    { apiGroups: [group, experimentalGroup], resources: ['*'], verbs: read },
    {
      apiGroups: [experimentalGroup],
      resources: status(['xbackendtrafficpolicies', ...listenerResources('xlistenersets')]),
      verbs: ['update', 'patch'],
    },
    {
      apiGroups: [group],
      resources: status([...gatewayStatuses, ...listenerResources('listenersets')]),
      verbs: ['update', 'patch'],
    },
    { apiGroups: [group], resources: ['gatewayclasses'], verbs: ['create', 'update', 'patch', 'delete'] },
    { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: read },
    {
      apiGroups: ['inference.networking.k8s.io'],
      resources: ['inferencepools/status'],
      verbs: ['update', 'patch'],
    },
  ];
}

function multiclusterRules({ values }: SharedInput): readonly PolicyRule[] {
  const apiGroups = [multiclusterGroup(values)];
  return [
    { apiGroups, resources: ['serviceexports'], verbs: [...read, 'create', 'delete'] },
    { apiGroups, resources: ['serviceimports'], verbs: read },
  ];
}
