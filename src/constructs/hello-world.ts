import { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { z } from 'zod';
import { type DataPlane, dataPlanes, hasAmbient, hasSidecars } from '../mesh/data-plane';
import { type ServiceScope, serviceScopes } from '../mesh/hello-world';
import { defaultRevision, globalLabel, helloWorld } from '../mesh/istio-names';
import { type PodSecurityLevel, podSecurityLabels } from '../mesh/pod-security';
import { dnsLabel, nonEmptyString } from '../mesh/schema-types';
import { settingsOf, type Validated } from './props';

/** The version and images of HelloWorld in one cluster. */
export interface HelloWorldProps {
  /** The version in the answers of this cluster's HelloWorld, such as v1. Each cluster has its own. */
  readonly version: string;
  /** The registry and folder of Istio's images, such as registry.istio.io/release. */
  readonly hub: string;
  /**
   * The image of the client, which must contain curl.
   * @default - docker.io/curlimages/curl:8.16.0
   */
  readonly curlImage?: string;
  /**
   * The namespace of HelloWorld and its client, which is created.
   * @default - sample
   */
  readonly namespace?: string;
  /**
   * The revision of the control plane that injects the namespace.
   * @default - default
   */
  readonly revision?: string;
  /**
   * How the traffic of the pods enters the mesh. In ambient mode no pod has a sidecar. With `both`, the namespace has the
   * labels of both, and the pods have sidecars, which take precedence: the way from one data plane to the other. Without the
   * label for ambient mode, pods that run would leave the mesh at once.
   * @default - sidecar
   */
  readonly dataPlane?: DataPlane;
  /**
   * Whether the Service has the label `istio.io/global`, without which pods in ambient mode, and sidecars in a cluster
   * that has ambient mode, do not call the HelloWorld of other clusters.
   * @default - local with sidecars alone, global otherwise
   */
  readonly scope?: ServiceScope;
  /**
   * The waypoint of the namespace, for the label `istio.io/use-waypoint`.
   * @default - none
   */
  readonly waypoint?: string;
  /**
   * The Pod Security level of the namespace. With any level, the pods of HelloWorld and its client are restricted; the
   * init container that istiod injects needs `privileged`, unless Istio's CNI plugin replaces it.
   * @default - none: the namespace has no label, and the pods are those of Istio's sample
   */
  readonly podSecurity?: PodSecurityLevel;
}

type Labels = Readonly<Record<string, string>>;

/**
 * Istio's sample HelloWorld in one version, behind a Service that every cluster has, and a client that calls
 * it. The client gets answers from all clusters when traffic crosses networks.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'helloworld');
 * new HelloWorld(chart, 'helloworld', { version: 'v1', hub: 'registry.istio.io/release' });
 * @throws MeshError if a prop is missing or invalid
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export class HelloWorld extends Construct {
  constructor(scope: Construct, id: string, props: HelloWorldProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<HelloWorldProps>);
  constructor(scope: Construct, id: string, props: HelloWorldProps | Validated<HelloWorldProps>) {
    super(scope, id);
    const settings = settingsOf(this, props, propsSchema);
    // Plain objects, because loading cdk8s-plus-27 takes longer than all the rest of a small mesh.
    for (const [part, object] of Object.entries(objects(settings))) new ApiObject(this, part, object);
  }
}

function propsSchema() {
  return z.strictObject({
    version: nonEmptyString,
    hub: nonEmptyString,
    curlImage: nonEmptyString.optional(),
    namespace: dnsLabel.optional(),
    revision: dnsLabel.optional(),
    dataPlane: z.enum(dataPlanes).optional(),
    scope: z.enum(serviceScopes).optional(),
    waypoint: dnsLabel.optional(),
    podSecurity: z.enum(['privileged', 'baseline', 'restricted']).optional(),
  }) satisfies z.ZodType<HelloWorldProps>;
}

function objects(props: HelloWorldProps) {
  const { namespace = helloWorld.namespace, dataPlane, scope = defaultScope(dataPlane) } = props;
  const metadata = (name: string, labels?: Labels): k8s.ObjectMeta => ({ name, namespace, labels });
  return {
    namespace: namespaceObject(namespace, props),
    // Every cluster needs the Service, so that its name resolves there.
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(helloWorld.service, {
        app: helloWorld.service,
        service: helloWorld.service,
        ...(scope === 'global' ? globalLabel : {}),
      }),
      spec: { ports: [{ port: helloWorld.port, name: 'http' }], selector: { app: helloWorld.service } },
    } satisfies k8s.KubeServiceProps & Kind,
    server: deployment(
      metadata(`${helloWorld.service}-${props.version}`, { app: helloWorld.service, version: props.version }),
      podSpec(server(props), props),
    ),
    'client-account': {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(helloWorld.client),
    } satisfies k8s.KubeServiceAccountProps & Kind,
    client: deployment(metadata(helloWorld.client, { app: helloWorld.client }), {
      serviceAccountName: helloWorld.client,
      ...podSpec(client(props), props),
    }),
  };
}

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

function namespaceObject(
  name: string,
  { podSecurity, ...props }: HelloWorldProps,
): k8s.KubeNamespaceProps & Kind {
  const labels = { ...dataPlaneLabels(props), ...podSecurityLabels(podSecurity) };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** The labels by which Istio finds the pods of a namespace. */
function dataPlaneLabels({
  revision = defaultRevision,
  dataPlane = 'sidecar',
  waypoint,
}: Omit<HelloWorldProps, 'podSecurity'>): Labels {
  const useWaypoint: Labels = waypoint === undefined ? {} : { 'istio.io/use-waypoint': waypoint };
  const injection: Labels =
    revision === defaultRevision ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision };
  return {
    ...(hasAmbient(dataPlane) ? { 'istio.io/dataplane-mode': 'ambient' } : {}),
    ...(hasSidecars(dataPlane) ? injection : {}),
    ...useWaypoint,
  };
}

function defaultScope(dataPlane: DataPlane = 'sidecar'): ServiceScope {
  return hasAmbient(dataPlane) ? 'global' : 'local';
}

/** A pod of one container, which needs no privilege. Both images run as any user. */
function podSpec(container: object, props: HelloWorldProps): object {
  const spec = restrictedPodSpec(container, props);
  return props.dataPlane === 'ambient' ? afterIstiod(spec) : spec;
}

/**
 * A pod that starts after istiod has written its root certificate into the namespace. The CNI node agent, which is applied
 * together with istiod, usually runs by then: pods that started before it are redirected only where it finds their cgroups.
 */
function afterIstiod({ containers, ...spec }: RestrictedPodSpec): object {
  const name = 'istiod-ca-cert';
  const volumeMounts = [{ name, mountPath: '/var/run/secrets/istio', readOnly: true }];
  return {
    ...spec,
    containers: containers.map((container) => ({ ...container, volumeMounts })),
    volumes: [{ name, configMap: { name: 'istio-ca-root-cert' } }],
  };
}

interface RestrictedPodSpec {
  readonly securityContext?: object;
  readonly containers: readonly object[];
}

function restrictedPodSpec(container: object, { podSecurity }: HelloWorldProps): RestrictedPodSpec {
  if (podSecurity === undefined) return { containers: [container] };
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return {
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [{ ...container, securityContext }],
  };
}

function deployment(metadata: k8s.ObjectMeta, spec: object) {
  const { labels } = metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function server({ version, hub }: HelloWorldProps) {
  // Istio publishes images of two versions. Both answer with the version in SERVICE_VERSION.
  const image = version === 'v2' ? 'examples-helloworld-v2:1.0' : 'examples-helloworld-v1:1.0';
  return {
    name: helloWorld.service,
    image: `${hub}/${image}`,
    env: [{ name: 'SERVICE_VERSION', value: version }],
    resources: { requests: { cpu: '100m' } },
    ports: [{ containerPort: helloWorld.port }],
    // Without the probe, a new pod gets calls before it listens, and calls fail during a restart.
    readinessProbe: { httpGet: { path: '/health', port: helloWorld.port } },
  };
}

function client({ curlImage = helloWorld.clientImage }: HelloWorldProps) {
  return {
    name: helloWorld.client,
    image: curlImage,
    // The client exits on SIGTERM, and therefore before its proxy. Without the proxy it reaches nothing.
    command: ['sh', '-c', 'trap exit TERM; sleep infinity & wait'],
  };
}
