import type * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { defaultRevision, helloWorld } from '../mesh/istio-names';

/** Which HelloWorld a cluster runs. */
export interface HelloWorldProps {
  /** The version that this cluster's HelloWorld answers with, such as v1; one for each cluster. */
  readonly version: string;
  /** The registry and folder of Istio's images, such as registry.istio.io/release. */
  readonly hub: string;
  /**
   * The image of the client, which must hold curl.
   * @default - docker.io/curlimages/curl:8.16.0
   */
  readonly curlImage?: string;
  /**
   * The namespace that is made for HelloWorld and its client.
   * @default - sample
   */
  readonly namespace?: string;
  /**
   * The revision of the control plane that the namespace joins.
   * @default - default
   */
  readonly revision?: string;
}

/**
 * Istio's HelloWorld in one version, behind a Service that every cluster has, and a client to call it:
 * what proves that a mesh answers across networks.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export class HelloWorld extends Construct {
  private readonly namespace: string;
  // Loaded only where there is a HelloWorld, and without the constructs of cdk8s-plus-27: either takes time.
  private readonly k8s = require('cdk8s-plus-27/lib/imports/k8s') as typeof k8s;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HelloWorldProps,
  ) {
    super(scope, id);
    this.namespace = props.namespace ?? helloWorld.namespace;
    this.addNamespace();
    this.addService();
    this.addServer();
    this.addClient();
  }

  private addNamespace(): void {
    const { revision = defaultRevision } = this.props;
    const labels: Record<string, string> =
      revision === defaultRevision ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision };
    new this.k8s.KubeNamespace(this, 'namespace', { metadata: { name: this.namespace, labels } });
  }

  /** Every cluster needs the Service, for its name to resolve there. */
  private addService(): void {
    new this.k8s.KubeService(this, 'service', {
      metadata: this.metadata(helloWorld.service, { app: helloWorld.service, service: helloWorld.service }),
      spec: { ports: [{ port: helloWorld.port, name: 'http' }], selector: { app: helloWorld.service } },
    });
  }

  private addServer(): void {
    const { version, hub } = this.props;
    const labels = { app: helloWorld.service, version };
    // Istio publishes two versions; either answers with any other that it is told.
    const image = version === 'v2' ? 'examples-helloworld-v2:1.0' : 'examples-helloworld-v1:1.0';
    new this.k8s.KubeDeployment(this, 'server', {
      metadata: this.metadata(`${helloWorld.service}-${version}`, labels),
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: helloWorld.service,
                image: `${hub}/${image}`,
                env: [{ name: 'SERVICE_VERSION', value: version }],
                resources: { requests: { cpu: this.k8s.Quantity.fromString('100m') } },
                ports: [{ containerPort: helloWorld.port }],
                // Without it a new pod gets calls before it listens, and those of a restart fail.
                readinessProbe: {
                  httpGet: { path: '/health', port: this.k8s.IntOrString.fromNumber(helloWorld.port) },
                },
              },
            ],
          },
        },
      },
    });
  }

  private addClient(): void {
    const { client } = helloWorld;
    const labels = { app: client };
    new this.k8s.KubeServiceAccount(this, 'client-account', { metadata: this.metadata(client) });
    new this.k8s.KubeDeployment(this, 'client', {
      metadata: this.metadata(client, labels),
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: client,
            containers: [
              {
                name: client,
                image: this.props.curlImage ?? helloWorld.clientImage,
                // It ends when it is told to, and thereby before its proxy: a client whose proxy is gone
                // cannot reach anything.
                command: ['sh', '-c', 'trap exit TERM; sleep infinity & wait'],
              },
            ],
          },
        },
      },
    });
  }

  private metadata(name: string, labels?: Record<string, string>): k8s.ObjectMeta {
    return { name, namespace: this.namespace, labels };
  }
}
