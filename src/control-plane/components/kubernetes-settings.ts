import type { KubernetesObject } from '../../kubernetes/object';
import { storedObject } from '../../kubernetes/stored-object';
import { mergePatch } from '../../kubernetes/strategic-merge';
import type { ComponentDefinition, KubernetesSettings } from '../../mesh/components/definition';
import { applyOverlayPatch } from './overlay';

/** The objects of a component that its settings are for. */
export interface ComponentTarget {
  readonly workload: 'Deployment' | 'DaemonSet' | undefined;
  readonly name: string;
  readonly container: string;
}

type Patched = Exclude<keyof KubernetesSettings, 'overlays' | 'volumes' | 'volumeMounts'>;

interface Patch {
  readonly kind: string | undefined;
  readonly patch: Readonly<Record<string, unknown>>;
}

/** The objects of a component with its `k8s`, in the form in which istioctl and the API server have them. */
export function withSettings(
  objects: readonly KubernetesObject[],
  component: ComponentDefinition | undefined,
  target: ComponentTarget,
): readonly KubernetesObject[] {
  const k8s = component?.k8s;
  if (k8s === undefined || k8s === null) return objects;
  const patches = patchesOf(k8s, target);
  return objects.map((object) => {
    const known = shared(k8s).get(object);
    if (known !== undefined) return known;
    const changed = configured(object, k8s, target.name, patches);
    if (!Object.isFrozen(object)) return changed;
    shared(k8s).set(object, Object.freeze(changed));
    return changed;
  });
}

/** The results for objects that clusters share. */
const sharedResults = new WeakMap<KubernetesSettings, WeakMap<KubernetesObject, KubernetesObject>>();

function shared(k8s: KubernetesSettings): WeakMap<KubernetesObject, KubernetesObject> {
  const known = sharedResults.get(k8s) ?? new WeakMap<KubernetesObject, KubernetesObject>();
  sharedResults.set(k8s, known);
  return known;
}

function configured(
  object: KubernetesObject,
  { overlays }: KubernetesSettings,
  name: string,
  patches: readonly Patch[],
): KubernetesObject {
  const { kind, metadata } = object;
  const patched = patches
    .filter((patch) => patch.kind === kind && metadata.name === name)
    .reduce((merged, { patch }) => mergePatch(merged, patch) as KubernetesObject, object);
  const overlaid = (overlays ?? [])
    .filter((overlay) => overlay.kind === kind && overlay.name === metadata.name)
    .flatMap((overlay) => overlay.patches ?? [])
    .reduce(applyOverlayPatch, kind === 'PodDisruptionBudget' ? withOneBound(patched) : patched);
  return overlaid === object ? object : storedObject(overlaid);
}

function patchesOf(k8s: KubernetesSettings, target: ComponentTarget): Patch[] {
  return (Object.keys(patchOf) as Patched[])
    .filter((field) => k8s[field] !== undefined)
    .map((field) => patchOf[field](k8s[field], target));
}

const patchOf: Readonly<Record<Patched, (value: unknown, target: ComponentTarget) => Patch>> = {
  affinity: ofPod('affinity'),
  env: ofContainer('env'),
  hpaSpec: (spec) => ({ kind: 'HorizontalPodAutoscaler', patch: { spec } }),
  imagePullPolicy: ofContainer('imagePullPolicy'),
  nodeSelector: ofPod('nodeSelector'),
  podAnnotations: (annotations, { workload }) => ({
    kind: workload,
    patch: { spec: { template: { metadata: { annotations } } } },
  }),
  podDisruptionBudget: (spec) => ({ kind: 'PodDisruptionBudget', patch: { spec } }),
  priorityClassName: ofPod('priorityClassName'),
  readinessProbe: ofContainer('readinessProbe'),
  replicaCount: (replicas, { workload }) => ({ kind: workload, patch: { spec: { replicas } } }),
  resources: ofContainer('resources'),
  securityContext: ofPod('securityContext'),
  service: (spec, { container }) => ({
    kind: 'Service',
    patch: { spec: container === proxyContainer ? withoutPorts(spec as object | null) : spec },
  }),
  serviceAnnotations: (annotations) => ({ kind: 'Service', patch: { metadata: { annotations } } }),
  strategy: (strategy, { workload }) => ({ kind: workload, patch: { spec: { strategy } } }),
  tolerations: ofPod('tolerations'),
};

/** The container of a gateway. */
export const proxyContainer = 'istio-proxy';

/** The ports of a gateway are values of its chart. */
function withoutPorts(spec: object | null): object {
  return Object.fromEntries(Object.entries(spec ?? {}).filter(([field]) => field !== 'ports'));
}

function ofPod(field: string) {
  return (value: unknown, { workload }: ComponentTarget): Patch => ({
    kind: workload,
    patch: { spec: { template: { spec: { [field]: value } } } },
  });
}

function ofContainer(field: string) {
  return (value: unknown, { workload, container }: ComponentTarget): Patch => ({
    kind: workload,
    patch: { spec: { template: { spec: { containers: [{ name: container, [field]: value }] } } } },
  });
}

/** A budget has one bound. The chart sets minAvailable, so the user's maxUnavailable takes its place. */
function withOneBound(object: KubernetesObject): KubernetesObject {
  const { minAvailable, ...spec } = object.spec as Readonly<Record<string, unknown>>;
  const hasBoth = minAvailable !== undefined && spec.maxUnavailable !== undefined;
  return hasBoth ? { ...object, spec } : object;
}
