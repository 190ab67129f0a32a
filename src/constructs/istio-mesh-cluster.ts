import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { RenderedControlPlane } from '../control-plane/rendered-manifests';
import { defined, type ObjectMetadata } from '../kubernetes/object';
import { isCommonNamespace } from '../mesh/cni';
import { helloWorld, helloWorldVersion, istioSystem, networkLabel } from '../mesh/istio-names';
import { type Cluster, findCluster, type Mesh, unknownCluster } from '../mesh/mesh';
import type { Patch } from '../mesh/patches/patch';
import { controlPlanePodSecurity, podSecurityLabels, workloadPodSecurity } from '../mesh/pod-security';
import type { CaCerts } from '../pki/ca-certs';
import { MeshError } from '../problems/problem';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { addControlPlanes } from './charts/control-plane-charts';
import { addFailoverPolicies } from './charts/failover-chart';
import { addCrossNetworkGateway } from './charts/gateway-charts';
import { addCaCerts, addRemoteSecrets, refusePlainTextSecrets } from './charts/secret-charts';
import { addMutualTls } from './charts/security-charts';
import { addServiceStubs } from './charts/service-stub-chart';
import { addWaypoints } from './charts/waypoint-chart';
import { HelloWorld, type HelloWorldProps } from './hello-world';
import { patchCluster } from './patches/cluster-patches';
import { Validated, validateMesh } from './props';

/** The mesh of a cluster, and the inputs that were loaded for the cluster. */
export interface IstioMeshClusterProps {
  readonly mesh: Mesh;
  /**
   * The cluster's CA certificate. The secrets backends external-secrets and cert-manager do not need it.
   * @default - no Secret `cacerts` is written. It must exist in the cluster before istiod starts.
   */
  readonly caCerts?: CaCerts;
  /**
   * The kubeconfigs of joined clusters by the names of the clusters. Only those of the cluster's peers are
   * used.
   * @default - no remote secrets are written
   */
  readonly remotes?: Readonly<Record<string, RemoteKubeconfig>>;
  /**
   * The manifests of the control plane, for the format `istioctl`; {@link loadInputs} renders them.
   * @default - none: the other formats need none
   */
  readonly controlPlane?: RenderedControlPlane;
  /**
   * Whether the app encrypts Secrets when it writes files. {@link IstioMeshApp} does, and sets `by-app`.
   * @default - none: the synthesis fails where a Secret of an encrypted backend would be in plain text
   */
  readonly secretsEncryption?: 'by-app' | 'none';
}

/**
 * Everything that one cluster of a mesh needs, with one chart for each stage. The names of the charts sort in
 * the order in which the stages are applied. The ID of the construct is the name of the cluster. Secrets are
 * in plain text here, for every backend: an {@link IstioMeshApp} encrypts them when it writes files, and
 * any other app fails validation if they must be encrypted. `patches` of the mesh are applied; only an IstioMeshApp
 * sees that one matches in no cluster.
 *
 * @example
 * const mesh = loadMesh('mesh.yaml');
 * const app = new App();
 * new IstioMeshCluster(app, 'cluster1', { mesh });
 * @throws MeshError if the mesh has no cluster of that name, if an input is invalid, or if the manifests that
 * the format needs are missing, or if a patch cannot be applied
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class IstioMeshCluster extends Construct {
  readonly mesh: Mesh;
  readonly cluster: Cluster;
  /** @internal the patches that match an object of the cluster */
  readonly matchedPatches: ReadonlySet<Patch>;

  constructor(scope: Construct, clusterName: string, props: IstioMeshClusterProps) {
    super(scope, clusterName);
    this.mesh = validateMesh(this.node.path, props);
    this.cluster = clusterOf(this.mesh, clusterName);
    this.addNamespaces();
    addCaCerts(this, props.caCerts);
    addControlPlanes(this, props.controlPlane);
    addCrossNetworkGateway(this);
    addMutualTls(this);
    addServiceStubs(this);
    addFailoverPolicies(this);
    addRemoteSecrets(this, props.remotes ?? {});
    this.addHelloWorld();
    addWaypoints(this);
    this.matchedPatches = patchCluster(this);
    if (props.secretsEncryption !== 'by-app') refusePlainTextSecrets(this);
  }

  private addNamespaces(): void {
    const chart = new Chart(this, '10-namespace');
    const podSecurity = controlPlanePodSecurity(this.mesh, this.cluster);
    const labels = { [networkLabel]: this.cluster.network, ...podSecurityLabels(podSecurity) };
    addNamespace(chart, 'namespace', { name: istioSystem, labels });
    const { cni, ztunnel } = this.cluster.istio;
    const privileged = this.mesh.security === 'istio' ? undefined : podSecurityLabels('privileged');
    for (const [id, { namespace: name }] of Object.entries(defined({ cni, ztunnel }))) {
      const isWritten = isCommonNamespace(name) || (id === 'ztunnel' && name === cni?.namespace);
      if (!isWritten) addNamespace(chart, `${id}-namespace`, { name, labels: privileged });
    }
  }

  private addHelloWorld(): void {
    const { helloWorld: isDeployed, curlImage } = this.mesh.verification;
    const { hub, revision } = this.cluster.istio;
    if (isDeployed === 'disabled') return;
    const version = helloWorldVersion(this.mesh, this.cluster.name);
    const podSecurity = workloadPodSecurity(this.mesh, this.cluster);
    const props = new Validated({
      ...{ version, hub, curlImage, revision, podSecurity },
      ...helloWorldDataPlane(this.cluster),
      ...helloWorldWaypoint(this.mesh, this.cluster),
    });
    new HelloWorld(new Chart(this, '90-helloworld'), 'helloworld', props);
  }
}

/** A waypoint in the namespace of HelloWorld handles calls to HelloWorld, unless its pods have sidecars. */
function helloWorldWaypoint(
  { waypoints }: Mesh,
  { helloWorld: { dataPlane } }: Cluster,
): Pick<HelloWorldProps, 'waypoint'> {
  const waypoint = waypoints.find(({ namespace }) => namespace === helloWorld.namespace);
  return waypoint === undefined || dataPlane === 'sidecar' ? {} : { waypoint: waypoint.name };
}

/** Where a cluster has both data planes, the namespace always has the label for ambient mode, so that no pod loses it. */
function helloWorldDataPlane({
  dataPlane,
  helloWorld: { dataPlane: ofPods, scope },
}: Cluster): Pick<HelloWorldProps, 'dataPlane' | 'scope'> {
  return { dataPlane: ofPods === 'sidecar' ? dataPlane : ofPods, scope };
}

function addNamespace(chart: Chart, id: string, metadata: ObjectMetadata): void {
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Namespace', metadata });
}

function clusterOf(mesh: Mesh, name: string): Cluster {
  const cluster = findCluster(mesh, name);
  if (cluster !== undefined) return cluster;
  const names = mesh.clusters.map((each) => each.name);
  throw new MeshError([{ ...unknownCluster(name, names), location: { path: name } }]);
}
