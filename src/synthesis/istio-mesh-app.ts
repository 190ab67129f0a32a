import { App, Chart } from 'cdk8s';
import { IstioMeshCluster } from '../constructs/istio-mesh-cluster';
import type { RenderedControlPlane } from '../control-plane/istioctl';
import type { OutputFile } from '../files/output-file';
import { ManifestAnnotator } from '../gitops/annotate-manifests';
import { gitopsFiles } from '../gitops/gitops-files';
import { isEmpty, type Manifest } from '../kubernetes/manifest';
import { type Mesh, unknownCluster } from '../mesh/mesh';
import type { CaCerts } from '../pki/ca-certs';
import { MeshError, type Problem } from '../problems/problem';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import type { Encryption } from '../secrets/encryption/encryption';
import { validateNoPlainTextSecrets } from '../secrets/plain-text-secrets';
import { manifestOf } from './chart-manifest';
import { duplicateObjects, manifestFile } from './manifest-file';
import { writeOutput } from './output-folder';

/** A mesh and what was loaded for it; {@link loadInputs} loads it. */
export interface IstioMeshAppProps {
  readonly mesh: Mesh;
  /**
   * The CA certificates of the clusters, by their names.
   * @default - no Secret cacerts is written
   */
  readonly caCerts?: Readonly<Record<string, CaCerts>>;
  /**
   * The kubeconfigs of joined clusters, by their names.
   * @default - no remote secrets are written
   */
  readonly remotes?: Readonly<Record<string, RemoteKubeconfig>>;
  /**
   * The rendered control planes of the clusters, by their names, where the mesh's format is `istioctl`.
   * @default - none
   */
  readonly controlPlanes?: Readonly<Record<string, RenderedControlPlane>>;
  /**
   * What encrypts Secrets; {@link loadInputs} loads it where the mesh has a format that does.
   * @default - none, for formats that need none
   */
  readonly encryption?: Encryption;
  /**
   * The folder that the output is written to.
   * @default - CDK8S_OUTDIR, else dist
   */
  readonly outdir?: string;
}

/**
 * A whole mesh as a cdk8s app: a construct for each cluster, whose charts become the files of a folder
 * of its name. Charts of your own, put below a cluster, are written beside them.
 *
 * Unlike a plain cdk8s app it writes all or nothing, keeps Secrets readable by their owner alone, and
 * refuses two objects of the same kind, namespace and name in one cluster.
 */
export class IstioMeshApp extends App {
  private readonly mesh: Mesh;
  private readonly clusters: ReadonlyMap<string, IstioMeshCluster>;
  private readonly encryption: Encryption | undefined;

  constructor(props: IstioMeshAppProps) {
    super({ outdir: props.outdir });
    const { mesh, caCerts = {}, remotes = {}, controlPlanes = {} } = props;
    this.mesh = mesh;
    this.encryption = props.encryption;
    this.clusters = new Map(
      mesh.clusters.map(({ name }) => [
        name,
        new IstioMeshCluster(this, name, {
          mesh,
          caCerts: caCerts[name],
          remotes,
          controlPlane: controlPlanes[name],
          secretsEncryption: 'by-app',
        }),
      ]),
    );
  }

  /**
   * The construct of a cluster, as the scope of charts of your own.
   *
   * @throws MeshError where the mesh has no cluster of that name
   */
  cluster(name: string): IstioMeshCluster {
    const cluster = this.clusters.get(name);
    if (cluster !== undefined) return cluster;
    throw new MeshError([{ ...unknownCluster(name, [...this.clusters.keys()]), location: { path: name } }]);
  }

  /** The files that {@link synth} writes, computed and checked. */
  files(): OutputFile[] {
    const manifests = this.deliveredManifests();
    const files = this.manifestFiles(manifests);
    return [...files, ...gitopsFiles(this.mesh, manifests, this.outputFileExtension)];
  }

  /** What every chart makes, as one text; encrypted and checked as the files are. */
  override synthYaml(): string {
    return this.manifestFiles(this.deliveredManifests())
      .map(({ content }) => content)
      .join('---\n');
  }

  private manifestFiles(manifests: readonly Manifest[]): OutputFile[] {
    return manifests.map((manifest) => manifestFile(manifest, this.outputFileExtension));
  }

  /** What every chart makes, as it is written. */
  private deliveredManifests(): readonly Manifest[] {
    const annotator = new ManifestAnnotator(this.mesh.gitops);
    const annotated = this.manifests().map((manifest) => annotator.annotate(manifest));
    const manifests = this.encryption?.encryptFiles(annotated) ?? annotated;
    MeshError.throwIfAny(validateNoPlainTextSecrets(this.mesh, manifests, this.outputFileExtension));
    return manifests;
  }

  /** What every chart makes, checked, and Secrets sealed whose format that is. */
  private manifests(): Manifest[] {
    const constructs = this.node.findAll();
    MeshError.throwIfAny(
      constructs.flatMap(({ node }) => node.validate().map((message) => invalid(node.path, message))),
    );
    const manifests = constructs
      .filter((construct): construct is Chart => Chart.isChart(construct))
      .map(manifestOf)
      .filter((manifest) => !isEmpty(manifest));
    MeshError.throwIfAny(duplicateObjects(manifests, this.outputFileExtension));
    return this.encryption?.encryptObjects(manifests) ?? manifests;
  }

  /**
   * Writes the output folder, and before it the folder that keeps what was encrypted: everything is
   * computed and checked before the first byte is written, and a failure leaves the earlier output as it
   * was.
   *
   * @throws MeshError where a construct is invalid or the folder cannot be written
   */
  override synth(): void {
    const files = this.files();
    this.encryption?.writeRecords(this.outdir);
    writeOutput(this.outdir, files);
  }
}

function invalid(path: string, message: string): Problem {
  return { code: 'OUTPUT-INVALID', location: { path }, message: message, hint: 'Mend the construct.' };
}
