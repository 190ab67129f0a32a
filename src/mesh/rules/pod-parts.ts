import type { DefinitionPath } from '../../problems/problem';
import type { HelmValues } from '../helm-values';
import { entriesAt, mapAt, type ValueCondition, type ValueProblem } from './effective-values';
import { mountsOf, repeatedParts } from './parts-of-pods';
import type { Part } from './placed-problem';

/** The names and paths that the charts use themselves in a pod. */
interface ChartParts {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
  readonly mountPaths: readonly string[];
}

const istiod: ChartParts = {
  containers: ['discovery'],
  volumes: [
    ...['local-certs', 'istio-token', 'cacerts', 'istio-kubeconfig', 'istio-csr-dns-cert'],
    ...['istio-csr-ca-configmap', 'extracacerts'],
  ],
  mountPaths: [
    ...['/var/run/secrets/istio-dns', '/var/run/secrets/tokens', '/etc/cacerts', '/var/run/secrets/remote'],
    ...['/var/run/secrets/istiod/tls', '/var/run/secrets/istiod/ca', '/cacerts'],
  ],
};

const ztunnel: ChartParts = {
  containers: ['istio-proxy'],
  volumes: ['istiod-ca-cert', 'istio-token', 'cni-ztunnel-sock-dir', 'tmp', 'crl-volume'],
  mountPaths: [
    ...['/var/run/secrets/istio', '/var/run/secrets/tokens', '/var/run/ztunnel', '/tmp'],
    '/var/run/secrets/istio/crl',
  ],
};

const proxy: ChartParts = {
  containers: ['istio-proxy'],
  volumes: [
    ...['workload-socket', 'credential-socket', 'workload-certs', 'istio-envoy', 'istio-data', 'podinfo'],
    ...['config-volume', 'istiod-ca-cert', 'istio-token', 'istio-certs'],
  ],
  mountPaths: [
    ...['/var/run/secrets/workload-spiffe-uds', '/var/run/secrets/credential-uds', '/etc/istio/proxy'],
    ...['/var/run/secrets/workload-spiffe-credentials', '/var/lib/istio/data', '/etc/istio/config'],
    ...['/var/run/secrets/istio', '/var/run/secrets/tokens', '/etc/certs', '/etc/istio/pod'],
  ],
};

/** The names in a pod are unique, and a container mounts only volumes that its pod has. */
export const consistentPods: ValueCondition = (values) => [
  ...podProblems(istiod, {
    containers: entriesAt(values, ['pilot', 'initContainers']),
    volumes: entriesAt(values, ['pilot', 'volumes']),
    mounts: entriesAt(values, ['pilot', 'volumeMounts']),
  }),
  ...podProblems(ztunnel, {
    containers: [],
    volumes: entriesAt(values, ['ztunnel', 'volumes']),
    mounts: entriesAt(values, ['ztunnel', 'volumeMounts']),
  }),
  ...gatewayPodProblems(values, ['gateways', 'istio-ingressgateway']),
];

function gatewayPodProblems(values: HelmValues, path: DefinitionPath): ValueProblem[] {
  const [secrets, configs] = ['secretVolumes', 'configVolumes'].map((key) =>
    entriesAt(values, [...path, key]),
  );
  const volumes = [...(secrets ?? []), ...(configs ?? [])];
  const mounts = volumes.filter(({ entry }) => entry.mountPath);
  const containers = entriesAt(values, [...path, 'additionalContainers']);
  return [
    ...podProblems(proxy, { containers, volumes, mounts }),
    ...incomplete(secrets ?? [], ['name', 'secretName', 'mountPath']),
    ...incomplete(configs ?? [], ['name', 'configMapName']),
  ];
}

interface AddedParts {
  readonly containers: readonly Part[];
  readonly volumes: readonly Part[];
  readonly mounts: readonly Part[];
}

function podProblems(chart: ChartParts, { containers, volumes, mounts }: AddedParts): ValueProblem[] {
  const names = new Set([...chart.volumes, ...volumes.map(({ entry }) => entry.name)]);
  return [
    ...[
      ...repeatedParts(containers, 'name', chart.containers, 'container'),
      ...repeatedParts(volumes, 'name', chart.volumes, 'volume'),
      ...repeatedParts(mounts, 'mountPath', chart.mountPaths, 'volume'),
    ].map(({ at, ...problem }) => ({ values: [at], ...problem })),
    ...[...mounts, ...mountsOf(containers)]
      .filter(({ entry }) => entry.name && !names.has(entry.name))
      .map(({ entry, path }) => ({
        values: [[...path, 'name']],
        message: `The pod has no volume ${entry.name}.`,
        hint: `Write one of ${[...names].join(', ')}, or add the volume.`,
      })),
  ];
}

function incomplete(parts: readonly Part[], fields: readonly string[]): ValueProblem[] {
  return parts.flatMap(({ entry, path }) =>
    fields
      .filter((field) => !entry[field])
      .map((field) => ({
        values: [path],
        message: `The volume has no ${field}.`,
        hint: `Add ${field}: with a value.`,
      })),
  );
}

/** The labels by which the Deployment and the Service of istiod select its pods. */
const selectorOfIstiod = ['app', 'istio', 'istio.io/rev'];

/** A Deployment or DaemonSet selects its pods by labels that these must have. */
export const selectedPods: ValueCondition = (values) => [
  ...changedLabels(values, ['pilot', 'podLabels'], selectorOfIstiod),
  ...changedLabels(values, ['cni', 'podLabels'], ['k8s-app']),
  ...changedLabels(values, ['ztunnel', 'podLabels'], ['app']),
];

function changedLabels(
  values: HelmValues,
  path: DefinitionPath,
  reserved: readonly string[],
): ValueProblem[] {
  return reserved
    .filter((label) => Object.hasOwn(mapAt(values, path), label))
    .map((label) => ({
      values: [[...path, label]],
      message: `The label ${label} is one that Istio's charts set, and by which they select the pods.`,
      hint: 'Remove it, or write another label.',
    }));
}
