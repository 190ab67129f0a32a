import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { RenderedControlPlane } from '../control-plane/istioctl';
import { helloWorldVersion, istioSystem, networkLabel } from '../mesh/istio-names';
import { type Cluster, findCluster, type Mesh, unknownCluster } from '../mesh/mesh';
import type { CaCerts } from '../pki/ca-certs';
import { MeshError } from '../problems/problem';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import type { ClusterScope } from './api-objects';
import { addControlPlanes } from './charts/control-plane-charts';
import { addCrossNetworkGateway } from './charts/gateway-charts';
import { addCaCerts, addRemoteSecrets, refuseOtherApps } from './charts/secret-charts';
import { HelloWorld } from './hello-world';

/** A cluster's part of a mesh, and what was loaded for it. */
export interface IstioMeshClusterProps {
  readonly mesh: Mesh;
  /**
   * The cluster's CA certificate.
   * @default - no Secret cacerts is written: whoever applies the cluster must bring it before istiod starts.
   * In the formats external-secrets and cert-manager it is not needed.
   */
  readonly caCerts?: CaCerts;
  /**
   * The kubeconfigs of joined clusters by their names; only those of the cluster's peers are used.
   * @default - no remote secrets
   */
  readonly remotes?: Readonly<Record<string, RemoteKubeconfig>>;
  /**
   * The control plane's manifests, where the mesh's format is `istioctl`; {@link loadInputs} renders them.
   * @default - none, for a format that needs none
   */
  readonly controlPlane?: RenderedControlPlane;
}

/**
 * Everything that one cluster of a mesh needs, a chart for each stage, in the order of their names. The
 * construct's ID is the cluster's name. Secrets whose format encrypts are in plain text here: it is
 * {@link IstioMeshApp} that encrypts them on their way into files, and another app refuses them.
 *
 * @throws MeshError where the mesh has no cluster of that name, or its format needs manifests that are absent
 */
export class IstioMeshCluster extends Construct implements ClusterScope {
  readonly mesh: Mesh;
  readonly cluster: Cluster;

  constructor(scope: Construct, clusterName: string, props: IstioMeshClusterProps) {
    super(scope, clusterName);
    this.mesh = props.mesh;
    this.cluster = clusterOf(props.mesh, clusterName);
    this.addNamespace();
    addCaCerts(this, props.caCerts);
    addControlPlanes(this, props.controlPlane);
    addCrossNetworkGateway(this);
    addRemoteSecrets(this, props.remotes ?? {});
    this.addHelloWorld();
    refuseOtherApps(this);
  }

  private addNamespace(): void {
    const labels = { [networkLabel]: this.cluster.network };
    new ApiObject(new Chart(this, '10-namespace'), 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: istioSystem, labels },
    });
  }

  private addHelloWorld(): void {
    const { verification } = this.mesh;
    const { hub, revision } = this.cluster.istio;
    if (verification.helloWorld === 'disabled') return;
    new HelloWorld(new Chart(this, '90-helloworld'), 'helloworld', {
      version: helloWorldVersion(this.mesh, this.cluster.name),
      hub,
      curlImage: verification.curlImage,
      revision,
    });
  }
}

function clusterOf(mesh: Mesh, name: string): Cluster {
  const cluster = findCluster(mesh, name);
  if (cluster !== undefined) return cluster;
  const names = mesh.clusters.map((each) => each.name);
  throw new MeshError([{ ...unknownCluster(name, names), location: { path: name } }]);
}
