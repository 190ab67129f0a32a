import { App, Chart } from 'cdk8s';
import { z } from 'zod';
import { IstioMeshCluster } from '../constructs/istio-mesh-cluster';
import { unmatchedMeshPatches } from '../constructs/patches/mesh-patches';
import { validateMesh, validateProps } from '../constructs/props';
import type { RenderedControlPlane } from '../control-plane/rendered-manifests';
import type { OutputFile } from '../files/output-file';
import { gitopsFiles } from '../gitops/gitops-files';
import { type Mesh, unknownCluster } from '../mesh/mesh';
import type { CaCerts } from '../pki/ca-certs';
import { formatProblem, MeshError, type Problem } from '../problems/problem';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import type { Encryption } from '../secrets/encryption/encryption';
import { ManifestFiles } from './manifest-files';
import { writeOutput } from './output-folder';
import { outputLocationProblems } from './output-location';
import { lockingOutputSync } from './output-lock';

/** A mesh and its inputs. {@link loadInputs} loads all inputs. */
export interface IstioMeshAppProps {
  /** The mesh, from {@link loadMesh} or {@link defineMesh}. */
  readonly mesh: Mesh;
  /**
   * The CA certificates by cluster name.
   * @default - the output has no Secret cacerts
   */
  readonly caCerts?: Readonly<Record<string, CaCerts>>;
  /**
   * The kubeconfigs of joined clusters by cluster name.
   * @default - the output has no remote secrets
   */
  readonly remotes?: Readonly<Record<string, RemoteKubeconfig>>;
  /**
   * The rendered control planes by cluster name, for the control-plane format `istioctl`.
   * @default - none; the other formats do not need them
   */
  readonly controlPlanes?: Readonly<Record<string, RenderedControlPlane>>;
  /**
   * The encryption of Secrets, for backends that encrypt.
   * @default - none; the synthesis fails if a Secret needs encryption
   */
  readonly encryption?: Encryption;
  /**
   * The output folder.
   * @default - the environment variable CDK8S_OUTDIR, or dist
   */
  readonly outdir?: string;
}

/**
 * A cdk8s app that contains a whole mesh: an {@link IstioMeshCluster} for each cluster. The charts of a
 * cluster become the files of a folder with the cluster's name. To add charts of your own to a cluster, use
 * its construct as their scope.
 *
 * In contrast to other cdk8s apps, this app writes either all files or none, lets only the owner read files
 * with keys or tokens, and fails if a cluster contains an object twice.
 *
 * @example
 * const mesh = loadMesh('mesh.yaml');
 * const app = new IstioMeshApp({ mesh, ...(await loadInputs(mesh)) });
 * const policies = new Chart(app.cluster('cluster1'), '70-policies');
 * new ApiObject(policies, 'mtls', {
 *   apiVersion: 'security.istio.io/v1',
 *   kind: 'PeerAuthentication',
 *   metadata: { name: 'default', namespace: 'istio-system' },
 *   spec: { mtls: { mode: 'STRICT' } },
 * });
 * app.synth();
 * @throws MeshError if there is no validated mesh, or if the control-plane format is `istioctl` and a cluster's
 * control plane is not rendered
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class IstioMeshApp extends App {
  private readonly mesh: Mesh;
  private readonly clusters: ReadonlyMap<string, IstioMeshCluster>;
  private readonly encryption: Encryption | undefined;

  constructor(props: IstioMeshAppProps) {
    super({ outdir: props?.outdir });
    const mesh = validateMesh('IstioMeshApp', props);
    const { caCerts = {}, remotes = {}, controlPlanes = {} } = props;
    validateProps(this, { caCerts, remotes, controlPlanes, outdir: props.outdir }, loadedSchema());
    this.mesh = mesh;
    this.encryption = props.encryption;
    this.clusters = clustersOf(
      mesh,
      (name) =>
        new IstioMeshCluster(this, name, {
          mesh,
          caCerts: caCerts[name],
          remotes,
          controlPlane: controlPlanes[name],
          secretsEncryption: 'by-app',
        }),
    );
  }

  /**
   * Returns the construct of a cluster, to use it as the scope of your own charts.
   *
   * @throws MeshError if the mesh has no cluster of this name
   */
  cluster(name: string): IstioMeshCluster {
    const cluster = this.clusters.get(name);
    if (cluster !== undefined) return cluster;
    throw new MeshError([{ ...unknownCluster(name, [...this.clusters.keys()]), location: { path: name } }]);
  }

  /**
   * Returns the files that {@link synth} writes, without writing them.
   *
   * @throws MeshError if a construct is invalid, a cluster contains an object twice, or a Secret would be in
   * plain text where it may be committed
   */
  files(): OutputFile[] {
    const files = this.manifestFiles();
    return [...files, ...gitopsFiles(this.mesh, files, this.outputFileExtension)];
  }

  /**
   * Returns the manifests of all charts as one text, validated and encrypted in the same way as the files.
   *
   * @throws MeshError for the same reasons as {@link files}
   */
  override synthYaml(): string {
    return this.manifestFiles()
      .map(({ content }) => content)
      .join('---\n');
  }

  /**
   * Writes the output folder, and the folder of encrypted Secrets if the mesh has one. All files are computed
   * and validated first. After a failure, the earlier output is unchanged.
   *
   * @throws MeshError for the same reasons as {@link files}, if the output folder would
   * replace other files, or if a folder cannot be written
   */
  override synth(): void {
    MeshError.throwIfAny(outputLocationProblems(this.outdir, { mesh: this.mesh, directory: '.' }));
    const print = (message: string): void => void process.stderr.write(`${message}\n`);
    lockingOutputSync(this.outdir, print, () => {
      const files = this.files();
      this.encryption?.writeRecords(this.outdir);
      for (const warning of writeOutput(this.outdir, files)) print(`Warning: ${formatProblem(warning)}`);
    });
  }

  private manifestFiles(): OutputFile[] {
    const constructs = this.node.findAll();
    MeshError.throwIfAny(
      constructs.flatMap(({ node }) =>
        node.validate().map((message) => invalidConstruct(node.path, message)),
      ),
    );
    const { mesh, encryption, outputFileExtension: extension } = this;
    const files = new ManifestFiles({ mesh, encryption, extension });
    for (const construct of constructs) if (Chart.isChart(construct)) files.addChart(construct);
    return files.complete();
  }
}

/**
 * The constructs of all clusters by name.
 *
 * @throws MeshError with the problems of all clusters, each once, and with the patches that match in none
 */
function clustersOf(
  mesh: Mesh,
  create: (name: string) => IstioMeshCluster,
): ReadonlyMap<string, IstioMeshCluster> {
  const problems = new Map<string, Problem>();
  const created = mesh.clusters.flatMap(({ name }): [string, IstioMeshCluster][] => {
    try {
      return [[name, create(name)]];
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      for (const problem of error.problems) problems.set(formatProblem(problem), problem);
      return [];
    }
  });
  MeshError.throwIfAny([...problems.values()]);
  const clusters = new Map(created);
  MeshError.throwIfAny(unmatchedMeshPatches(mesh, [...clusters.values()]));
  return clusters;
}

function invalidConstruct(path: string, message: string): Problem {
  return { code: 'OUTPUT-INVALID', location: { path }, message, hint: 'Fix this construct.' };
}

/** What is loaded for a mesh is keyed by cluster; the construct of each cluster validates its own part. */
function loadedSchema() {
  const byCluster = z.record(z.string(), z.unknown());
  return z.object({
    caCerts: byCluster,
    remotes: byCluster,
    controlPlanes: byCluster,
    outdir: z.string().optional(),
  });
}
