import { join } from 'node:path';
import type { PlainObject } from '../kubernetes/manifest';
import type { ObjectMetadata } from '../kubernetes/object';
import {
  caCertsSecretName,
  clusterAnnotation,
  istioSystem,
  multiClusterLabels,
  remoteSecretName,
} from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { backends, type SecretsBackend } from '../mesh/secrets/backends';
import { shownRemoteFile } from '../remotes/remote-file';

/** The metadata by which istiod finds a Secret. */
export type SecretMetadata = ObjectMetadata & { readonly namespace: string };

/** The metadata of the Secret `cacerts`. */
export function caCertsMetadata(namespace: string = istioSystem): SecretMetadata {
  return { name: caCertsSecretName, namespace };
}

/** The metadata of the remote secret for a cluster. */
export function remoteSecretMetadata(clusterName: string, namespace: string = istioSystem): SecretMetadata {
  return {
    name: remoteSecretName(clusterName),
    namespace,
    labels: { ...multiClusterLabels },
    annotations: { [clusterAnnotation]: clusterName },
  };
}

/** The keys of a Secret's data, each with its value in base64. */
export function dataOf(secret: PlainObject): [key: string, value: string][] {
  return Object.entries((secret.data ?? {}) as Readonly<Record<string, string>>);
}

/** The name of the chart with the Secret `cacerts`, and of its file. */
export const caCertsChart = '20-cacerts';

/** The name of the chart with the remote secret for a peer alone, and of its file. */
export function ownRemoteSecretChart(peer: string): string {
  return `60-remote-secret-${peer}`;
}

/**
 * The name of the chart with the remote secret for a peer. Plain-text remote secrets share one chart. The
 * others have a chart each, so that a cluster that joins or leaves changes no other file.
 */
export function remoteSecretChart(backend: SecretsBackend, peer: string): string {
  return backends[backend].output === 'plain-text' ? '60-remote-secrets' : ownRemoteSecretChart(peer);
}

/** One Secret of a cluster, and the chart that contains it. */
export interface MeshSecret {
  readonly cluster: string;
  readonly backend: SecretsBackend;
  /** The cluster whose kubeconfig the Secret contains; undefined for the Secret cacerts. */
  readonly peer?: string;
  /** The name of the chart, such as 20-cacerts. */
  readonly chart: string;
  /** The file or folder with the plain text on a machine that has it, relative to mesh.yaml. */
  readonly source: string;
}

/** The Secrets of a cluster: its CA certificate, and the remote secret for each peer. */
export function secretsOf(mesh: Mesh, { name, peers, secrets }: Cluster): MeshSecret[] {
  const { cacerts, remoteSecrets } = secrets;
  return [
    {
      cluster: name,
      backend: cacerts,
      chart: caCertsChart,
      source: join(mesh.certificates.directory, name),
    },
    ...peers.map((peer) => ({
      cluster: name,
      backend: remoteSecrets,
      peer,
      chart: remoteSecretChart(remoteSecrets, peer),
      source: shownRemoteFile(mesh, peer),
    })),
  ];
}
