import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterValues } from '../control-plane/cluster-values';
import { crdManifests } from '../control-plane/crds';
import { gatewayValues } from '../control-plane/gateway-values';
import { baseChart, istiodCharts } from '../control-plane/helm-charts';
import {
  controlPlaneOperator,
  eastWestGatewayOperator,
  type IstioOperator,
} from '../control-plane/istio-operator';
import { releaseOf } from '../control-plane/releases/istio-release';
import type { RenderedControlPlane } from '../control-plane/rendered-control-plane';
import { usesIstioCsr } from '../mesh/ca-certs-of-forms';
import { helloWorldVersion } from '../mesh/hello-world';
import { istioSystem, networkLabel, withRevision } from '../mesh/istio-names';
import { type Cluster, type ControlPlaneSettings, findCluster, type Mesh } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import { type IstioLine, istioLines } from '../mesh/native-form';
import { caCertsChart, remoteSecretChart } from '../mesh/secret-charts';
import { unknownCluster } from '../mesh/unknown-cluster';
import type { CaCerts } from '../pki/ca-certs';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { CaCertsCertificate } from './ca-certs-certificate';
import { CaCertsExternalSecret } from './ca-certs-external-secret';
import { CaCertsSecret } from './ca-certs-secret';
import { ControlPlane, type ControlPlaneProps } from './control-plane';
import { CrossNetworkGateway } from './cross-network-gateway';
import { DefaultRevision } from './default-revision';
import { EastWestGateway } from './east-west-gateway';
import { FluxHelmRelease, FluxHelmRepository } from './flux-helm-release';
import { HelloWorld } from './hello-world';
import { IngressGateway } from './ingress-gateway';
import { ReaderServiceAccount } from './reader-service-account';
import { RemoteExternalSecret } from './remote-external-secret';
import { RemoteSecret } from './remote-secret';
import { RenderedChart } from './rendered-chart';

/** A cluster's part of a mesh, and what was loaded for it. */
export interface IstioMeshClusterProps {
  readonly mesh: Mesh;
  /**
   * The cluster's CA certificate.
   * @default - no Secret cacerts is written: whoever applies the cluster must bring it before istiod starts.
   * In the forms external-secrets and cert-manager it is not needed.
   */
  readonly caCerts?: CaCerts;
  /**
   * The kubeconfigs of joined clusters by their names; only those of the cluster's peers are used.
   * @default - no remote secrets
   */
  readonly remotes?: Readonly<Record<string, RemoteKubeconfig>>;
  /**
   * The control plane's manifests, where the mesh's form is `istioctl`; {@link loadInputs} renders them.
   * @default - none, for a form that needs none
   */
  readonly controlPlane?: RenderedControlPlane;
}

/**
 * Everything that one cluster of a mesh needs, a chart for each stage, in the order of their names. The
 * construct's ID is the cluster's name. Secrets whose form encrypts are in plain text here: it is
 * {@link IstioMeshApp} that encrypts them on their way into files, and another app does not.
 *
 * @throws MeshError where the mesh has no cluster of that name, or its form needs manifests that are absent
 */
export class IstioMeshCluster extends Construct {
  readonly mesh: Mesh;
  readonly cluster: Cluster;

  constructor(scope: Construct, clusterName: string, props: IstioMeshClusterProps) {
    super(scope, clusterName);
    this.mesh = props.mesh;
    this.cluster = clusterOf(props.mesh, clusterName);
    this.addNamespace();
    this.addCaCerts(props.caCerts);
    if (this.mesh.istio.controlPlane === 'operator') this.addOperators();
    else if (this.mesh.istio.controlPlane === 'istioctl') this.addRendered(props.controlPlane);
    else if (this.mesh.istio.controlPlane === 'helm') this.addHelm();
    else this.addNative();
    this.addCrossNetworkGateway();
    this.addRemoteSecrets(props.remotes ?? {});
    this.addHelloWorld();
  }

  private addNamespace(): void {
    const labels = { [networkLabel]: this.cluster.network };
    new ApiObject(new Chart(this, '10-namespace'), 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: istioSystem, labels },
    });
  }

  private addCaCerts(caCerts: CaCerts | undefined): void {
    const { name: clusterName, secrets } = this.cluster;
    const { externalSecrets, certManager } = secrets;
    const chart = () => new Chart(this, caCertsChart);
    if (secrets.cacerts === 'cert-manager') {
      const { issuer } = certManager;
      // istio-csr issues by itself, and istiod needs no CA certificate.
      if (usesIstioCsr(secrets) || issuer === undefined) return;
      const { keyAlgorithm } = this.mesh.certificates;
      new CaCertsCertificate(chart(), 'cacerts', { ...certManager, clusterName, issuer, keyAlgorithm });
    } else if (secrets.cacerts === 'external-secrets' && externalSecrets !== undefined) {
      new CaCertsExternalSecret(chart(), 'cacerts', { ...externalSecrets, clusterName });
    } else if (caCerts !== undefined) {
      new CaCertsSecret(chart(), 'cacerts', caCerts);
    }
  }

  /** IstioOperator is no Kubernetes resource, so the files lie where `kubectl apply -f` does not look. */
  private addOperators(): void {
    const folder = new Construct(this, 'operator');
    const { eastWestGateway } = this.cluster;
    this.addOperator(folder, '30-control-plane', controlPlaneOperator(this.mesh, this.cluster));
    if (eastWestGateway === undefined) return;
    const operator = eastWestGatewayOperator(this.mesh, this.cluster, eastWestGateway);
    this.addOperator(folder, '40-eastwest-gateway', operator);
  }

  private addOperator(folder: Construct, id: string, operator: IstioOperator): void {
    new ApiObject(new Chart(folder, id), 'operator', { ...operator });
  }

  private addRendered(rendered: RenderedControlPlane | undefined): void {
    if (rendered === undefined) throw notRendered(this.cluster.name);
    new RenderedChart(this, '00-crds', { manifests: rendered.crds });
    new RenderedChart(this, '30-control-plane', { manifests: rendered.controlPlane });
    this.addEastWestGateway();
  }

  private addNative(): void {
    const { alongside, ...first } = this.cluster.istio;
    const both = alongside === undefined ? [first] : [first, alongside];
    if (this.mesh.istio.crds === 'write') {
      new RenderedChart(this, '00-crds', { manifests: crdManifests(newestLine(both)) });
    }
    const props = this.controlPlaneProps(first);
    new ReaderServiceAccount(new Chart(this, '15-reader'), 'reader', props);
    new DefaultRevision(new Chart(this, '25-default-revision'), 'default-revision', props);
    for (const settings of both) {
      const chart = new Chart(this, withRevision('30-control-plane', settings.revision));
      new ControlPlane(chart, 'control-plane', this.controlPlaneProps(settings));
    }
    this.addEastWestGateway();
    this.addIngressGateway();
  }

  /** Argo CD takes charts as sources of its application; for Flux they are objects in the cluster. */
  private addHelm(): void {
    const { delivery } = this.mesh;
    if (delivery?.engine === 'flux') {
      const { namespace } = delivery;
      const base = new Chart(this, '15-base');
      new FluxHelmRepository(base, 'repository', namespace);
      new FluxHelmRelease(base, 'base', baseChart(this.mesh, this.cluster), namespace);
      for (const chart of istiodCharts(this.mesh, this.cluster)) {
        const id = chart.release.replace('istiod', '30-control-plane');
        new FluxHelmRelease(new Chart(this, id), 'istiod', chart, namespace);
      }
    }
    this.addEastWestGateway();
    this.addIngressGateway();
  }

  private addIngressGateway(): void {
    const { alongside: _, ...first } = this.cluster.istio;
    if (first.profile === 'minimal') return;
    const chart = new Chart(this, '45-ingress-gateway');
    new IngressGateway(chart, 'ingress-gateway', this.controlPlaneProps(first));
  }

  private controlPlaneProps(settings: ControlPlaneSettings): ControlPlaneProps {
    return {
      ...settings,
      values: clusterValues(this.mesh, this.cluster, settings.values),
      requiredSecret: requiredSecret(this.cluster),
    };
  }

  private addEastWestGateway(): void {
    if (this.cluster.eastWestGateway === undefined) return;
    new EastWestGateway(new Chart(this, '40-eastwest-gateway'), 'eastwest-gateway', {
      ...this.cluster.eastWestGateway,
      network: this.cluster.network,
      revision: this.cluster.istio.revision,
      ...gatewayValues(this.cluster),
    });
  }

  private addCrossNetworkGateway(): void {
    if (this.cluster.eastWestGateway === undefined) return;
    new CrossNetworkGateway(new Chart(this, '50-cross-network-gateway'), 'cross-network-gateway');
  }

  private addRemoteSecrets(remotes: Readonly<Record<string, RemoteKubeconfig>>): void {
    const { remoteSecrets, externalSecrets } = this.cluster.secrets;
    if (remoteSecrets === 'external-secrets' && externalSecrets !== undefined) {
      // Of all peers, joined or not: what this machine has is not what the store has.
      for (const clusterName of this.cluster.peers) {
        const chart = new Chart(this, remoteSecretChart(clusterName));
        new RemoteExternalSecret(chart, clusterName, { ...externalSecrets, clusterName });
      }
      return;
    }
    const joined = this.cluster.peers.filter((peer) => remotes[peer] !== undefined);
    if (joined.length === 0) return;
    // Where each is encrypted by itself, a cluster that joins or leaves changes no other's file.
    const shared = remoteSecrets === 'plain';
    const chart = shared ? new Chart(this, '60-remote-secrets') : undefined;
    for (const clusterName of joined) {
      const kubeconfig = remotes[clusterName];
      if (kubeconfig === undefined) continue;
      const scope = chart ?? new Chart(this, remoteSecretChart(clusterName));
      new RemoteSecret(scope, clusterName, { clusterName, kubeconfig });
    }
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

/** Older control planes work with the definitions of newer ones, but not the other way round. */
function newestLine(controlPlanes: readonly ControlPlaneSettings[]): IstioLine {
  const lines = controlPlanes.map(({ version }) => releaseOf(version).line);
  return istioLines.find((line) => lines.includes(line)) ?? istioLines[0];
}

function clusterOf(mesh: Mesh, name: string): Cluster {
  const cluster = findCluster(mesh, name);
  if (cluster !== undefined) return cluster;
  const names = mesh.clusters.map((each) => each.name);
  throw new MeshError([{ ...unknownCluster(name, names), place: { path: name } }]);
}

/** What arrives by a way of its own is waited for; what is applied with the rest is there before istiod. */
function requiredSecret({ secrets }: Cluster): ControlPlaneProps['requiredSecret'] {
  if (usesIstioCsr(secrets)) return 'istiod-tls';
  return secrets.cacerts === 'plain' ? undefined : 'cacerts';
}

function notRendered(name: string): MeshError {
  return new MeshError([
    {
      code: 'CONTROL-PLANE-NOT-RENDERED',
      place: { path: name },
      found: 'The form istioctl needs the manifests that istioctl renders, and none were given.',
      remedy: 'Pass those of loadInputs as controlPlane.',
    },
  ]);
}
