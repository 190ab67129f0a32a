import { availableParallelism } from 'node:os';
import { Istioctl, type RenderedControlPlane } from '../control-plane/istioctl';
import type { Cluster, Mesh } from '../mesh/mesh';
import { isInOutput } from '../mesh/secrets/backends';
import type { CaCerts } from '../pki/ca-certs';
import { caCertsPath, loadCaCerts } from '../pki/certificates-folder';
import { validateCaCerts } from '../pki/checks/validate-ca-certs';
import type { Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { loadRemotes } from '../remotes/remotes-folder';
import type { Encryption } from '../secrets/encryption/encryption';
import { loadEncryption } from '../secrets/encryption/load-encryption';

/** All that a mesh is synthesized from besides its definition. */
export interface Inputs {
  /** The CA certificates that are part of the output, by the names of their clusters. */
  readonly caCerts: Readonly<Record<string, CaCerts>>;
  /** The kubeconfigs of the clusters that have been joined, by their names. */
  readonly remotes: Readonly<Record<string, RemoteKubeconfig>>;
  /** The rendered control planes, by the names of their clusters; empty where the format renders none. */
  readonly controlPlanes: Readonly<Record<string, RenderedControlPlane>>;
  /** The certificate files that were missing and have been issued. */
  readonly issued: readonly string[];
  /** What encrypts Secrets; undefined where none is encrypted. */
  readonly encryption?: Encryption;
  /** The clusters that have not been joined yet. */
  readonly unjoined: readonly string[];
  /** What is not wrong yet, such as a certificate that expires soon. */
  readonly warnings: readonly Problem[];
}

/** How inputs are loaded. */
export interface LoadInputsOptions {
  /**
   * The folder at which the definition's relative paths start.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * Told about work that takes long, such as issuing keys.
   * @default - nobody is told
   */
  readonly progress?: Progress;
}

/**
 * Loads what a mesh is synthesized from: its certificates, issuing those that are missing; the
 * kubeconfigs of joined clusters; what encrypts Secrets; and, for the format `istioctl`, the rendered
 * control planes.
 *
 * @throws MeshError with everything that is wrong with them
 */
export async function loadInputs(mesh: Mesh, options: LoadInputsOptions = {}): Promise<Inputs> {
  const { directory = '.', progress = silent } = options;
  const prepared = await loadEncryption(mesh, directory);
  const { remotes, unjoined, warnings } = loadRemotes(mesh, { directory });
  const controlPlanes = await renderControlPlanes(mesh, directory, progress);
  const clusters = mesh.clusters.filter(isInOutput);
  const recorded = prepared?.recordedCaCerts;
  const certificates = await loadCaCerts(mesh, { directory, progress, clusters, recorded });
  const { caCerts } = certificates;
  const judged = await validateCaCerts(caCerts, {
    now: new Date(),
    fileOf: (cluster, part) => caCertsPath(mesh, cluster, part),
  });
  const encryption = prepared?.complete({ caCerts, remotes });
  return {
    caCerts,
    remotes,
    controlPlanes,
    ...(encryption && { encryption }),
    issued: certificates.issued,
    unjoined: unjoined.filter((name) => encryption?.hasRecordOfRemote(name) !== true),
    warnings: [...certificates.warnings, ...judged, ...warnings],
  };
}

async function renderControlPlanes(
  mesh: Mesh,
  directory: string,
  progress: Progress,
): Promise<Record<string, RenderedControlPlane>> {
  if (mesh.istio.controlPlane !== 'istioctl') return {};
  const istioctl = new Istioctl(mesh, directory);
  const rendered: Record<string, RenderedControlPlane> = {};
  const waiting: Cluster[] = [...mesh.clusters];
  const renderNext = async (): Promise<void> => {
    for (let cluster = waiting.shift(); cluster !== undefined; cluster = waiting.shift()) {
      progress(`Rendering the control plane of ${cluster.name} with istioctl`);
      rendered[cluster.name] = await istioctl.render(cluster);
    }
  };
  await Promise.all([istioctl.checkVersion(), ...Array.from({ length: availableParallelism() }, renderNext)]);
  return rendered;
}
