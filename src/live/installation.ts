import { X509Certificate } from 'node:crypto';
import type { V1DaemonSet, V1Namespace, V1Secret } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { charts, type Part } from '../init/existing/part';
import { isMap } from '../mesh/helm-values';
import { caCertsSecretName, istioSystem, multiClusterLabels, networkLabel } from '../mesh/istio-names';
import { caCertsFiles } from '../pki/ca-certs';
import { MeshError, valueAt } from '../problems/problem';
import { helmReleases } from './helm-release';
import { readOperators } from './installed-operators';
import type { LiveCluster } from './live-cluster';

/** Istio as it runs in a cluster. */
export interface Installation {
  /** The name of the cluster; undefined if Istio has none. */
  readonly cluster?: string;
  /** The network of the namespace istio-system, else that of the values. */
  readonly network?: string;
  readonly parts: readonly Part[];
  /** The clusters that istiod reads, each with the address of its API server. */
  readonly peers: ReadonlyMap<string, string | undefined>;
  /** What a mesh definition does not say, for comments. */
  readonly notes: readonly string[];
}

/**
 * Reads the installation of Istio in a cluster: the values with which Helm or istioctl installed it, and the gateways
 * of istioctl. It reads no keys, and changes nothing.
 *
 * @throws MeshError if the cluster refuses it, or has no control plane that can be read
 */
export async function readInstallation(live: LiveCluster): Promise<Installation> {
  const [namespace, releases, operators, secrets, caCerts, cni] = await Promise.all([
    live.read<V1Namespace>({ apiVersion: 'v1', kind: 'Namespace', name: istioSystem }),
    helmReleases(live, charts),
    readOperators(live),
    live.list<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: istioSystem,
      labels: multiClusterLabels,
    }),
    live.read<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      name: caCertsSecretName,
      namespace: istioSystem,
    }),
    live.list<V1DaemonSet>({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      labels: { 'k8s-app': 'istio-cni-node' },
    }),
  ]);
  const ofHelm = releases.map(
    (release): Part => ({
      kind: charts.find((chart) => chart === release.chart) ?? 'base',
      content: release.values,
      file: live.name,
      locate: () => ({ file: live.name }),
      release: release.name,
      namespace: release.namespace,
      version: release.version,
    }),
  );
  const hasIstiod = ofHelm.some(({ kind }) => kind === 'istiod');
  const [controlPlane, ...gateways] = operators;
  if (!hasIstiod && controlPlane === undefined) throw noControlPlane(live.name);
  const ofOperator = controlPlane === undefined ? [] : [withCni(controlPlane, cni), ...gateways];
  const parts = [...ofHelm, ...(hasIstiod ? [] : ofOperator)];
  const values = parts.map(({ kind, content }) => (kind === 'operator' ? content.values : content));
  const first = (...keys: string[]) =>
    values.map((each) => valueAt(each, keys)).find((value) => Boolean(value));
  return {
    cluster: textOf(first('global', 'multiCluster', 'clusterName')),
    network: namespace?.metadata?.labels?.[networkLabel] ?? textOf(first('global', 'network')),
    parts,
    peers: new Map(
      secrets.flatMap(({ data = {} }) => Object.entries(data)).map(([peer, data]) => [peer, serverOf(data)]),
    ),
    notes: [caNote(live.name, caCerts)],
  };
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function noControlPlane(name: string): MeshError {
  return new MeshError([
    {
      code: 'INIT-CONTENT',
      location: { file: name },
      message: `The namespace ${istioSystem} has neither a Helm release of istiod nor the ConfigMap values of Istio 1.24 or newer.`,
      hint: 'Name the files of the installation with --from instead.',
    },
  ]);
}

/** istioctl records the node agent only as its DaemonSet. */
function withCni(part: Part, [agent]: readonly V1DaemonSet[]): Part {
  if (agent === undefined) return part;
  const { components } = part.content;
  const cni = { enabled: true, namespace: agent.metadata?.namespace ?? istioSystem };
  return {
    ...part,
    content: { ...part.content, components: { ...(isMap(components) ? components : {}), cni } },
  };
}

/** The address in a remote secret. The rest of it is secret. */
function serverOf(data: string): string | undefined {
  try {
    const kubeconfig: unknown = parse(Buffer.from(data, 'base64').toString('utf8'), { logLevel: 'silent' });
    return textOf(valueAt(kubeconfig, ['clusters', 0, 'cluster', 'server']));
  } catch {
    return undefined;
  }
}

function caNote(name: string, secret: V1Secret | undefined): string {
  const pem = secret?.data?.[caCertsFiles.caCert];
  if (pem === undefined) {
    return `${name}: The Secret cacerts does not exist, so istiod signs with a root of its own, which no other cluster trusts. Clusters get a common root with the certificates in certs/.`;
  }
  const { subject, issuer, validTo } = new X509Certificate(Buffer.from(pem, 'base64'));
  const shown = (text: string) => text.replaceAll('\n', ', ');
  return `${name}: The Secret cacerts has the CA certificate ${shown(subject)}, issued by ${shown(issuer)}, valid until ${validTo}. Copy the files of the Secret into certs/${name}/, or set secrets.backend to what creates it.`;
}
