/**
 * How the API server merges the fields of a type in a strategic merge patch. Fields that are not listed are merged
 * if they are maps, and replaced otherwise.
 */
export interface MergeType {
  readonly [field: string]: FieldMerge;
}

/** How a field is merged. */
export interface FieldMerge {
  /** The key that identifies the items of a list of maps. `''` merges a list of texts or numbers as a set. */
  readonly key?: string;
  /** Whether a map, such as a selector, is replaced as a whole. */
  readonly replaced?: true;
  /** The type of the map, or of the items of the list. */
  readonly type?: MergeType;
}

/** A list whose items have a key. */
function by(key: string, type: MergeType = {}): FieldMerge {
  return { key, type };
}

function map(type: MergeType): FieldMerge {
  return { type };
}

const replaced: FieldMerge = { replaced: true };

const metadata: MergeType = { finalizers: by(''), ownerReferences: by('uid') };

const container: MergeType = {
  env: by('name'),
  ports: by('containerPort'),
  volumeDevices: by('devicePath'),
  volumeMounts: by('mountPath'),
};

const podSpec: MergeType = {
  containers: by('name', container),
  ephemeralContainers: by('name', container),
  hostAliases: by('ip'),
  imagePullSecrets: by('name'),
  initContainers: by('name', container),
  resourceClaims: by('name'),
  schedulingGates: by('name'),
  topologySpreadConstraints: by('topologyKey'),
  volumes: by('name'),
};

const podTemplate: MergeType = { metadata: map(metadata), spec: map(podSpec) };
const workload: MergeType = { template: map(podTemplate) };
const webhooks = by('name', { matchConditions: by('name') });
const policySpec: MergeType = { matchConditions: by('name'), variables: by('name') };

/** The specs of the kinds of Kubernetes with lists that are merged, and their other fields. */
const kinds: Readonly<Record<string, MergeType>> = {
  CronJob: { spec: map({ jobTemplate: map({ metadata: map(metadata), spec: map(workload) }) }) },
  DaemonSet: { spec: map(workload) },
  Deployment: { spec: map(workload) },
  Job: { spec: map(workload) },
  MutatingAdmissionPolicy: { spec: map(policySpec) },
  MutatingWebhookConfiguration: { webhooks },
  Pod: { spec: map(podSpec) },
  PodDisruptionBudget: { spec: map({ selector: replaced }) },
  ReplicaSet: { spec: map(workload) },
  ReplicationController: { spec: map(workload) },
  Service: { spec: map({ ports: by('port') }) },
  ServiceAccount: { secrets: by('name') },
  StatefulSet: { spec: map(workload) },
  ValidatingAdmissionPolicy: { spec: map(policySpec) },
  ValidatingWebhookConfiguration: { webhooks },
};

/** The groups of Kubernetes itself besides those below k8s.io, and those below it that define custom resources. */
const groupsWithoutDomain = ['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy'];
const customGroups = ['apiextensions.k8s.io', 'gateway.networking.k8s.io', 'snapshot.storage.k8s.io'];

/**
 * The merge type of a kind; undefined for kinds that Kubernetes merges as JSON, such as custom resources.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function mergeTypeOf({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}): MergeType | undefined {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  const isBuiltIn =
    groupsWithoutDomain.includes(group) || (group.endsWith('.k8s.io') && !customGroups.includes(group));
  return isBuiltIn ? { metadata: map(metadata), ...kinds[kind] } : undefined;
}
