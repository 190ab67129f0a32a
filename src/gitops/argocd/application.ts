import { baseChart, istioCharts, istiodCharts } from '../../control-plane/helm-charts';
import type { PlainObject } from '../../kubernetes/manifest';
import { istioSystem } from '../../mesh/istio-names';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName } from '../gitops-files';
import { ownCluster } from './argocd-tree';

/**
 * What keeps the project and the applications themselves. It removes the application of a cluster that
 * has left the mesh; what that application has applied stays, since none has a finalizer.
 */
export function rootApplication(mesh: Mesh, gitops: GitOps): PlainObject {
  const source = { ...sourceOf(gitops), path: `${gitops.repository.path}/argocd` };
  return application(mesh, gitops, gitopsName(mesh), {
    source,
    destination: { server: ownCluster, namespace: gitops.namespace },
    syncPolicy: { ...syncPolicy, syncOptions: ['ServerSideApply=true'] },
  });
}

/** What keeps one cluster. */
export function clusterApplication(mesh: Mesh, gitops: GitOps, cluster: Cluster): PlainObject {
  const source = {
    ...sourceOf(gitops),
    path: `${gitops.repository.path}/${cluster.name}`,
    // Says that the folder is plain manifests, which its Kustomization would otherwise gainsay.
    directory: { recurse: true, include: '*.k8s.yaml' },
  };
  const charts = mesh.istio.controlPlane === 'helm' ? chartSources(mesh, cluster) : [];
  return application(mesh, gitops, `${gitopsName(mesh)}-${cluster.name}`, {
    ...(charts.length === 0 ? { source } : { sources: [...charts, source] }),
    // Charts take their namespace from here; all else names its own.
    destination: { name: cluster.name, ...(charts.length === 0 ? {} : { namespace: istioSystem }) },
    syncPolicy: { ...syncPolicy, syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
    ignoreDifferences,
  });
}

/**
 * Istio's charts, in one application with all else: their objects are in wave 0, before the gateways. Argo
 * CD does not wait for applications of an application.
 */
function chartSources(mesh: Mesh, cluster: Cluster): object[] {
  return [baseChart(mesh, cluster), ...istiodCharts(mesh, cluster)].map(
    ({ release, chart, version, values }) => ({
      repoURL: istioCharts,
      chart,
      targetRevision: version,
      helm: { releaseName: release, valuesObject: values },
    }),
  );
}

function application(mesh: Mesh, { namespace }: GitOps, name: string, spec: object): PlainObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace, annotations },
    spec: { project: gitopsName(mesh), ...spec },
  };
}

function sourceOf({ repository: { url, branch, tag } }: GitOps) {
  return { repoURL: url, targetRevision: tag ?? branch };
}

const annotations = {
  // A commit that changes no file of the folder needs no work.
  'argocd.argoproj.io/manifest-generate-paths': '.',
};

const syncPolicy = {
  automated: { prune: true, selfHeal: true },
  // Without an end: a cluster that cannot be reached today may be tomorrow. With what is newest by then.
  retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
};

/** What istiod itself writes into the webhooks: the CA that signed its certificate, and, once it answers, strictness. */
const ignoreDifferences = [
  {
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  },
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
  },
];
