import {
  baseChart,
  istioCharts,
  istiodCharts,
  nodeAgentCharts,
  ztunnelCharts,
} from '../../control-plane/helm-charts';
import type { PlainObject } from '../../kubernetes/manifest';
import { type HelmValues, mergeValues } from '../../mesh/helm-values';
import { istioSystem } from '../../mesh/istio-names';
import type { Cluster, GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName } from '../object-file';

/** The cluster that Argo CD itself runs in. */
export const inCluster = 'https://kubernetes.default.svc';

/**
 * The application that manages the project and the other applications. It removes the application of a
 * cluster that leaves the mesh. The objects in that cluster stay, because no application has a finalizer.
 */
export function rootApplication(mesh: Mesh, gitops: GitOps): PlainObject {
  const source = { ...sourceOf(gitops), path: `${gitops.repository.path}/argocd` };
  return application(mesh, gitops, gitopsName(mesh), {
    source,
    destination: { server: inCluster, namespace: gitops.namespace },
    syncPolicy: { ...syncPolicy, syncOptions: ['ServerSideApply=true'] },
  });
}

/** The application that manages one cluster. */
export function clusterApplication(mesh: Mesh, gitops: GitOps, cluster: Cluster): PlainObject {
  const source = {
    ...sourceOf(gitops),
    path: `${gitops.repository.path}/${cluster.name}`,
    // Argo CD would run kustomize, because the folder has a Kustomization, unless the source is a directory.
    directory: { recurse: true, include: '*.k8s.yaml' },
  };
  const charts = mesh.istio.controlPlane === 'helm' ? chartSources(mesh, cluster) : [];
  return application(mesh, gitops, `${gitopsName(mesh)}-${cluster.name}`, {
    ...(charts.length === 0 ? { source } : { sources: [...charts, source] }),
    // Only Helm charts need the namespace: all other objects name theirs.
    destination: { name: cluster.name, ...(charts.length === 0 ? {} : { namespace: istioSystem }) },
    syncPolicy: { ...syncPolicy, syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
    ignoreDifferences,
  });
}

/**
 * Istio's charts, as sources of the cluster's application: their objects are in wave 0, before the gateways.
 * Separate applications would not work, because Argo CD does not wait for applications inside an application.
 */
function chartSources(mesh: Mesh, cluster: Cluster): object[] {
  const charts = [nodeAgentCharts, istiodCharts, ztunnelCharts].flatMap((make) => make(mesh, cluster));
  return [baseChart(mesh, cluster), ...charts].map(({ release, chart, namespace, version, values }) => ({
    repoURL: istioCharts,
    chart,
    targetRevision: version,
    helm: {
      releaseName: release,
      // The namespace of the application is that of the other charts.
      ...(namespace === istioSystem ? {} : { namespace }),
      valuesObject: chart === 'istiod' ? withoutAutoscaler(values) : values,
    },
  }));
}

/** Without a maximum the chart writes no autoscaler. The folder of the cluster has it, so that it can be applied last. */
function withoutAutoscaler(values: HelmValues): HelmValues {
  return mergeValues(values, { pilot: { autoscaleMax: 0 } });
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
  // Argo CD renders the application only for commits that change a file in its folder.
  'argocd.argoproj.io/manifest-generate-paths': '.',
};

const syncPolicy = {
  automated: { prune: true, selfHeal: true },
  // Retries without limit, and with the latest commit, because a cluster can be unreachable for days.
  retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
};

/** The fields of webhooks that istiod writes: the CA of its certificate, and the failure policy once it answers. */
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
