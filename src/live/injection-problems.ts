import type { V1MutatingWebhook, V1MutatingWebhookConfiguration, V1Namespace } from '@kubernetes/client-node';
import { helloWorld, istioSystem } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { distributedRoots } from './certificate-problems';
import type { ClusterState } from './cluster-state';
import { matchesLabels } from './label-selector';
import { type LiveProblem, lasting, passing, problemOf } from './live-problem';
import { outdatedProxies } from './outdated-proxies';
import type { ProxyPod } from './proxy';
import { certificatesIn } from './proxy-secrets';

/** An injection webhook, and the revision whose istiod it calls. */
interface Injector {
  readonly configuration: string;
  readonly revision: string;
  readonly webhook: V1MutatingWebhook;
}

const notInjected = 'sidecar.istio.io/inject';

/** The webhooks that would inject a new pod with these labels. Istio's are disabled by a selector. */
function injectorsOf(
  configurations: readonly V1MutatingWebhookConfiguration[],
  namespaceLabels: Readonly<Record<string, string>>,
  podLabels: Readonly<Record<string, string>>,
): Injector[] {
  return configurations.flatMap(({ metadata, webhooks = [] }) =>
    webhooks
      .filter(
        ({ namespaceSelector, objectSelector }) =>
          matchesLabels(namespaceSelector, namespaceLabels) && matchesLabels(objectSelector, podLabels),
      )
      .map((webhook) => ({
        configuration: metadata?.name ?? '',
        revision: metadata?.labels?.['istio.io/rev'] ?? '',
        webhook,
      })),
  );
}

/** Whether new pods of HelloWorld and of the workloads in the mesh get a sidecar, and from which istiod. */
export function injectionProblems(mesh: Mesh, state: ClusterState): LiveProblem[] {
  const { cluster, injectors, namespaces, proxies } = state;
  const labelsOf = (name: string) => namespaceLabels(namespaces, name);
  const sample =
    mesh.verification.helloWorld === 'enabled' &&
    cluster.helloWorld.dataPlane === 'sidecar' &&
    labelsOf(helloWorld.namespace) !== undefined
      ? injectorsOf(injectors, labelsOf(helloWorld.namespace) ?? {}, { app: helloWorld.service })
      : undefined;
  const used = new Map(
    [...(sample ?? []), ...proxies.flatMap((proxy) => injectorsOfProxy(state, proxy))].map((each) => [
      `${each.configuration}/${each.webhook.name}`,
      each,
    ]),
  );
  return [
    ...(sample === undefined ? [] : countProblems(cluster.name, helloWorld.namespace, sample)),
    ...webhookProblems(state, [...used.values()]),
    ...movedProxyProblems(state),
  ];
}

function namespaceLabels(
  namespaces: readonly V1Namespace[],
  name: string,
): Readonly<Record<string, string>> | undefined {
  const namespace = namespaces.find(({ metadata }) => metadata?.name === name);
  return namespace && { ...namespace.metadata?.labels };
}

function injectorsOfProxy(
  { injectors, namespaces }: ClusterState,
  { namespace, labels }: ProxyPod,
): Injector[] {
  return injectorsOf(injectors, namespaceLabels(namespaces, namespace) ?? {}, labels);
}

function countProblems(cluster: string, namespace: string, found: readonly Injector[]): LiveProblem[] {
  if (found.length === 1) return [];
  if (found.length === 0) {
    const message = `No injection webhook of ${cluster} selects namespace ${namespace}: new pods get no sidecar.`;
    const hint = `Apply the control plane and 90-helloworld.k8s.yaml of ${cluster}, which have the webhooks and the label of the namespace.`;
    return [problemOf(cluster, 'LIVE-INJECTION', lasting(message, hint))];
  }
  const names = [
    ...new Set(found.map(({ configuration, revision }) => `${configuration} (revision ${revision})`)),
  ];
  const message = `Several injection webhooks of ${cluster} select namespace ${namespace}: ${names.join(' and ')}. Which istiod a new pod gets is left to chance.`;
  const hint =
    'Keep one default revision: delete the MutatingWebhookConfiguration of the other, or apply the control planes again.';
  return [problemOf(cluster, 'LIVE-INJECTION', lasting(message, hint))];
}

function definedRevisions({ istio: { revision, canary } }: Cluster): readonly (string | undefined)[] {
  return [revision, canary?.revision];
}

/** Webhooks that cannot work: the API server refuses new pods then, or creates them without a sidecar. */
function webhookProblems(state: ClusterState, used: readonly Injector[]): LiveProblem[] {
  const { cluster, istiods } = state;
  const { name } = cluster;
  const roots = distributedRoots(state);
  const byConfiguration = new Map(used.map((injector) => [injector.configuration, injector]));
  return [...byConfiguration.values()].flatMap(({ configuration, revision, webhook }) => {
    const where = `MutatingWebhookConfiguration ${configuration} of ${name}`;
    const istiod = istiods.find((each) => each.revision === revision);
    const isReady = istiod !== undefined && istiod.ready > 0;
    // An istiod of the mesh definition that is not ready is a problem of its own.
    if (!isReady && definedRevisions(cluster).includes(revision)) return [];
    if (!isReady) {
      const message = `${where} injects with revision ${revision}, which has no ready istiod: new pods are refused.`;
      const hint = `Apply the control plane of revision ${revision}, or delete the webhook and label the namespaces for ${cluster.istio.revision}.`;
      return [problemOf(name, 'LIVE-INJECTION', { message, hint, mayPass: (istiod?.desired ?? 0) > 0 })];
    }
    const { caBundle, service } = webhook.clientConfig;
    if (service !== undefined && !state.servicesWithEndpoints.includes(service.name)) {
      const message = `${where} calls Service ${service.namespace}/${service.name}, which does not exist or has no endpoint: new pods are refused.`;
      return [problemOf(name, 'LIVE-INJECTION', passing(message, `Apply the control plane of ${name}.`))];
    }
    if (!caBundle) {
      // A server outside of the cluster can have a public certificate.
      if (service === undefined) return [];
      const message = `${where} has no caBundle, so the API server does not trust istiod, and refuses new pods.`;
      const hint = `istiod of revision ${revision} writes the caBundle. If this stays, read its log.`;
      return [problemOf(name, 'LIVE-INJECTION', passing(message, hint))];
    }
    const trusted = certificatesIn(Buffer.from(caBundle, 'base64').toString('utf8'));
    const isTrusted = roots.some((root) =>
      trusted.some(({ fingerprint }) => fingerprint === root.fingerprint),
    );
    if (roots.length === 0 || isTrusted) return [];
    const message = `${where} does not trust the certificate of istiod: its caBundle has another root certificate, so new pods are refused.`;
    const hint = `In ${name}, run kubectl -n ${istioSystem} rollout restart deployment: istiod writes the caBundle when it starts.`;
    return [problemOf(name, 'LIVE-INJECTION', passing(message, hint))];
  });
}

/** Proxies of another revision than the one that would inject them today. */
function movedProxyProblems(state: ClusterState): LiveProblem[] {
  const { cluster, proxies } = state;
  const moved = new Map<string, ProxyPod[]>();
  for (const proxy of proxies) {
    const [injector, ...others] = injectorsOfProxy(state, proxy);
    if (injector === undefined || others.length > 0 || proxy.labels[notInjected] === 'false') continue;
    if (proxy.revision === undefined || proxy.revision === injector.revision) continue;
    const pair = `still have the revision ${proxy.revision}, but their labels select ${injector.revision}`;
    moved.set(pair, [...(moved.get(pair) ?? []), proxy]);
  }
  return [...moved].flatMap(([pair, found]) =>
    outdatedProxies(
      state,
      'LIVE-REVISION',
      found,
      (workloads) => `Proxies of ${cluster.name} ${pair}: ${workloads}.`,
    ),
  );
}
