import { availableParallelism } from 'node:os';
import { Istioctl } from '../control-plane/istioctl';
import type { RenderedControlPlane } from '../control-plane/rendered-manifests';
import type { Cluster, Mesh } from '../mesh/mesh';
import { isInOutput } from '../mesh/secrets/backends';
import type { CaCerts } from '../pki/ca-certs';
import { type LoadedCaCerts, loadCaCerts } from '../pki/certificates-folder';
import { requirementsOf, validateCaCerts } from '../pki/checks/validate-ca-certs';
import type { Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { loadRemotes } from '../remotes/remotes-folder';
import type { Encryption } from '../secrets/encryption/encryption';
import { loadEncryption } from '../secrets/encryption/load-encryption';
import { knownRoots } from './known-roots';
import { earlierOutdir } from './output-location';
import { refuseRootChange } from './root-change';

/** The inputs of a synthesis, besides the definition of the mesh. */
export interface Inputs {
  /** The CA certificates that are part of the output, by cluster name. */
  readonly caCerts: Readonly<Record<string, CaCerts>>;
  /** The kubeconfigs of joined clusters, by cluster name. */
  readonly remotes: Readonly<Record<string, RemoteKubeconfig>>;
  /** The control planes that istioctl rendered, by cluster name; empty for the other formats. */
  readonly controlPlanes: Readonly<Record<string, RenderedControlPlane>>;
  /** The certificate files that were missing, and that this call issued. */
  readonly issued: readonly string[];
  /** The encryption of Secrets; undefined if no Secret is encrypted. */
  readonly encryption?: Encryption;
  /** The names of clusters that are not joined yet. */
  readonly unjoined: readonly string[];
  /** Problems that do not stop a synthesis, such as a certificate that expires soon. */
  readonly warnings: readonly Problem[];
}

/** Options of {@link loadInputs}. */
export interface LoadInputsOptions {
  /**
   * The folder that relative paths in the definition start from, usually the folder of mesh.yaml.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The output folder of the earlier run. If it has CA certificates of a root that is not in the certificates
   * folder, no new root is issued.
   * @default - the environment variable CDK8S_OUTDIR; or dist if `directory` is the working directory, or one of the
   * two contains the other; otherwise no output is read
   */
  readonly outdir?: string;
  /**
   * Receives a line of text for each step of work that takes long, such as generating keys.
   * @default - progress is not reported
   */
  readonly progress?: Progress;
}

/**
 * Loads the inputs of a mesh: its CA certificates, the kubeconfigs of joined clusters, and the encryption of
 * its Secrets. Issues missing certificates, and writes them to the certificates folder. For the control-plane
 * format `istioctl`, also renders the control planes with istioctl.
 *
 * @throws MeshError with all problems of the inputs, such as certificates without a shared root
 * @example
 * const mesh = loadMesh('mesh.yaml');
 * const inputs = await loadInputs(mesh);
 * new IstioMeshApp({ mesh, ...inputs }).synth();
 */
export async function loadInputs(mesh: Mesh, options: LoadInputsOptions = {}): Promise<Inputs> {
  const { directory = '.', progress = silent, outdir = earlierOutdir(directory) } = options;
  const prepared = await loadEncryption(mesh, directory);
  const { remotes, unjoined, warnings } = loadRemotes(mesh, { directory });
  const rendered = await renderControlPlanes(mesh, directory, progress);
  const clusters = mesh.clusters.filter(isInOutput);
  const recorded = prepared?.recordedCaCerts ?? [];
  const earlierRun = { directory, outdir, recorded };
  const validate = (
    caCerts: Readonly<Record<string, CaCerts>>,
    fileOf: LoadedCaCerts['fileOf'],
  ): Promise<Problem[]> => validateCaCerts(caCerts, { now: new Date(), fileOf, ...requirementsOf(mesh) });
  const certificates = await loadCaCerts(mesh, {
    directory,
    progress,
    clusters,
    recorded,
    evidence: () => knownRoots(mesh, earlierRun),
    beforeIssuing: async (complete, incomplete, fileOf) => {
      await validate(complete, fileOf);
      refuseRootChange(mesh, complete, earlierRun);
      const expected = Object.fromEntries(incomplete.map((name) => [name, {}]));
      prepared?.complete({ caCerts: { ...complete, ...expected }, remotes });
    },
  });
  const { caCerts } = certificates;
  const certificateWarnings = await validate(caCerts, certificates.fileOf);
  const rootWarnings = refuseRootChange(mesh, caCerts, earlierRun);
  const encryption = prepared?.complete({ caCerts, remotes });
  return {
    caCerts,
    remotes,
    controlPlanes: rendered.controlPlanes,
    ...(encryption && { encryption }),
    issued: certificates.issued,
    unjoined: unjoined.filter((name) => encryption?.hasRecordOfRemote(name) !== true),
    warnings: [
      ...certificates.warnings,
      ...certificateWarnings,
      ...rootWarnings,
      ...warnings,
      ...rendered.warnings,
    ],
  };
}

async function renderControlPlanes(
  mesh: Mesh,
  directory: string,
  progress: Progress,
): Promise<Pick<Inputs, 'controlPlanes' | 'warnings'>> {
  if (mesh.istio.controlPlane !== 'istioctl') return { controlPlanes: {}, warnings: [] };
  const istioctl = new Istioctl(mesh, directory);
  const controlPlanes: Record<string, RenderedControlPlane> = {};
  const queue: Cluster[] = [...mesh.clusters];
  const renderNext = async (): Promise<void> => {
    for (let cluster = queue.shift(); cluster !== undefined; cluster = queue.shift()) {
      progress(`Rendering the control plane of ${cluster.name} with istioctl`);
      controlPlanes[cluster.name] = await istioctl.render(cluster);
    }
  };
  const version = istioctl.checkVersion();
  try {
    await Promise.all([version, ...Array.from({ length: availableParallelism() }, renderNext)]);
  } catch (error) {
    // Another version often refuses the values, too, and the version is the reason.
    await version;
    throw error;
  }
  return { controlPlanes, warnings: istioctl.warnings };
}
