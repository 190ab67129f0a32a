import type { V1Pod } from '@kubernetes/client-node';
import { ztunnelPods } from '../control-plane/ztunnel/naming';
import { networkLabel, revocationLists } from '../mesh/istio-names';
import { proxyContainer } from './observe-pods';
import { templateHashLabel } from './rollout';

/** A pod with Istio's proxy: a gateway, or a workload with a sidecar. */
export interface ProxyPod {
  readonly namespace: string;
  readonly pod: string;
  readonly workload: Workload;
  readonly ready: boolean;
  /** When the pod was created, in milliseconds. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
  /** The revision of the control plane that injected the proxy; undefined if the pod does not say. */
  readonly revision?: string;
  /** The network that the proxy was injected with. */
  readonly network?: string;
  /** Whether its pod mounts the lists of revoked certificates, which gateways do not. */
  readonly revocation: 'mounted' | 'not mounted';
}

/** What creates a pod, and is restarted to replace it. */
interface Workload {
  readonly namespace: string;
  /** The kind in lower case, as kubectl takes it: `deployment`, or `pod` for a pod without an owner. */
  readonly kind: string;
  readonly name: string;
}

const statusAnnotation = 'sidecar.istio.io/status';
const revisionKey = 'istio.io/rev';

/** The pods that have Envoy as a proxy and are not terminating. ztunnel is asked in another way. */
export function proxiesOf(pods: readonly V1Pod[]): ProxyPod[] {
  return pods
    .filter(({ metadata, spec, status }) => {
      const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
      const isOver = metadata?.deletionTimestamp !== undefined || isFinished(status?.phase);
      const isZtunnel = metadata?.labels?.app === ztunnelPods.app;
      return !isOver && !isZtunnel && containers.some(({ name }) => name === proxyContainer);
    })
    .map((pod): ProxyPod => {
      const {
        name = '',
        namespace = '',
        labels = {},
        annotations = {},
        creationTimestamp,
      } = pod.metadata ?? {};
      return {
        namespace,
        pod: name,
        workload: workloadOf(pod),
        ready: (pod.status?.conditions ?? []).some(
          ({ type, status: is }) => type === 'Ready' && is === 'True',
        ),
        created: new Date(creationTimestamp ?? 0).getTime(),
        labels,
        revision:
          injectedRevision(annotations[statusAnnotation]) ?? annotations[revisionKey] ?? labels[revisionKey],
        network: labels[networkLabel],
        revocation: pod.spec?.volumes?.some(({ configMap }) => configMap?.name === revocationLists)
          ? 'mounted'
          : 'not mounted',
      };
    });
}

function isFinished(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** istiod records in an annotation which revision injected the pod. */
function injectedRevision(status: string | undefined): string | undefined {
  try {
    const { revision } = JSON.parse(status ?? '{}') as { revision?: unknown };
    return typeof revision === 'string' ? revision : undefined;
  } catch {
    return undefined;
  }
}

function workloadOf({ metadata }: V1Pod): Workload {
  const { name = '', namespace = '', ownerReferences = [], labels = {} } = metadata ?? {};
  const owner = ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0];
  if (owner === undefined) return { namespace, kind: 'pod', name };
  const hash = labels[templateHashLabel];
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) {
    return { namespace, kind: 'deployment', name: owner.name.slice(0, -hash.length - 1) };
  }
  return { namespace, kind: owner.kind.toLowerCase(), name: owner.name };
}

/** The oldest proxy of each workload: what is out of date in any of them is so in the oldest. */
export function oldestOfEachWorkload(proxies: readonly ProxyPod[]): ProxyPod[] {
  const oldest = new Map<string, ProxyPod>();
  for (const proxy of proxies) {
    const key = workloadName(proxy.workload);
    const known = oldest.get(key);
    if (known === undefined || proxy.created < known.created) oldest.set(key, proxy);
  }
  return [...oldest.values()];
}

/** The labels of pods that change with the pod template of their workload. */
const templateLabels = [templateHashLabel, 'controller-revision-hash'];

/** Whether a rollout is replacing a proxy: its workload has a newer pod of another template. */
export function isBeingReplaced(proxy: ProxyPod, proxies: readonly ProxyPod[]): boolean {
  const name = workloadName(proxy.workload);
  return proxies.some(
    ({ workload, labels, created }) =>
      workloadName(workload) === name &&
      created > proxy.created &&
      templateLabels.some((key) => labels[key] !== proxy.labels[key]),
  );
}

/** A workload as `kind namespace/name`. */
export function workloadName({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace}/${name}`;
}

/** The workloads of proxies, each once. */
export function workloadNames(proxies: readonly ProxyPod[]): string {
  return [...new Set(proxies.map(({ workload }) => workloadName(workload)))].sort().join(', ');
}

/** Kinds that `kubectl rollout restart` takes. */
const restartable = ['deployment', 'daemonset', 'statefulset'];

/** What to run to replace the pods of proxies, as a sentence. */
export function restartHint(cluster: string, proxies: readonly ProxyPod[]): string {
  const lines = new Map<string, Set<string>>();
  for (const { workload } of proxies) {
    const { namespace, kind, name } = workload;
    const line = restartable.includes(kind)
      ? `kubectl -n ${namespace} rollout restart ${kind}`
      : `kubectl -n ${namespace} delete ${kind}`;
    lines.set(line, (lines.get(line) ?? new Set()).add(name));
  }
  const commands = [...lines].map(([line, names]) => `${line} ${[...names].sort().join(' ')}`);
  return `In ${cluster}, run ${commands.join(' and ')}.`;
}

/** What to do about proxies that do not answer. */
export const silentProxiesHint =
  'Wait until their pods run, or delete the pods. The user of the kubeconfig needs the permission to create pods/exec.';
