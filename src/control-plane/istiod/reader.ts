import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { boundRole, type PolicyRule, read } from '../../kubernetes/role';
import { readerServiceAccount } from '../../mesh/istio-names';
import type { SharedInput } from '../input';
import { allGroups, multiclusterGroup } from './api-groups';
import { clusterWideName, namespaced } from './naming';

/** The permissions of other clusters' istiods: the role of this revision, bound to the reader account. */
export function readerClusterRole(input: SharedInput): readonly KubernetesObject[] {
  if (!hasReader(input)) return [];
  const { name, namespace } = customAccount(input);
  const account =
    name === undefined
      ? { name: readerServiceAccount, namespace: input.values.global.istioNamespace }
      : { name, namespace };
  const metadata = {
    name: clusterWideName('istio-reader-clusterrole', input),
    labels: { app: 'istio-reader' },
  };
  return boundRole(metadata, readerRules(input), account);
}

/** The reader account for other clusters' istiods, which all revisions share. */
export function readerAccount(input: SharedInput): readonly KubernetesObject[] {
  if (!hasReader(input) || customAccount(input).name !== undefined) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: namespaced(readerServiceAccount, input, { app: 'istio-reader' }),
      imagePullSecrets: ifSet(input.values.global.imagePullSecrets.map((name) => ({ name }))),
    },
  ];
}

/** As in Helm, null removes the default of the chart. */
function hasReader({ release, values }: SharedInput): boolean {
  const { enableReaderRBAC = true } = values.global;
  return !release.optionalReader || Boolean(enableReaderRBAC);
}

function customAccount({ release, values }: SharedInput) {
  const { name, namespace } = (release.customReaderAccount && values.global.readerServiceAccount) || {};
  return { name: ifSet(name), namespace };
}

function readerRules({ values }: SharedInput): readonly PolicyRule[] {
  const multicluster = [multiclusterGroup(values)];
  return [
    { apiGroups: allGroups, resources: ['*'], verbs: read },
    {
      apiGroups: [''],
      resources: [
        'endpoints',
        'pods',
        'services',
        'nodes',
        'replicationcontrollers',
        'namespaces',
        'secrets',
        'configmaps',
      ],
      verbs: read,
    },
    { apiGroups: ['networking.istio.io'], resources: ['workloadentries'], verbs: read },
    {
      apiGroups: ['networking.x-k8s.io', 'gateway.networking.k8s.io'],
      resources: ['gateways'],
      verbs: read,
    },
    { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    { apiGroups: multicluster, resources: ['serviceexports'], verbs: [...read, 'create', 'delete'] },
    { apiGroups: multicluster, resources: ['serviceimports'], verbs: read },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: read },
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ];
}
