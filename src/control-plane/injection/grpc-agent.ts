import { go } from './expression';
import type { InjectionInput } from './injection-input';
import { canonicalName, canonicalRevision, clusterName, clusterNetwork, podAnnotations } from './pod';
import {
  agentArguments,
  imagePullPolicy,
  imagePullSecrets,
  proxyImage,
  proxyResources,
  sidecarReadinessProbe,
} from './proxy-container';
import {
  appContainersEnvironment,
  certificateEnvironment,
  env,
  fieldEnv,
  localhostProbesEnvironment,
  meshEnvironment,
  ownerEnvironment,
  podPortsEnvironment,
  proxyConfigEnvironment,
  proxyMetadataEnvironment,
} from './proxy-environment';
import {
  bootstrapOverrideVolume,
  memoryVolume,
  mount,
  mtlsCertificatesMount,
  mtlsCertificatesVolume,
  podInfoVolume,
  rootCertificateVolume,
  tokenVolume,
  trustsRootOfIstiod,
  userVolumeMounts,
  userVolumes,
  workloadCertificateMount,
  workloadCertificateVolume,
} from './proxy-volumes';
import { each, type TemplateList, type TemplateMap, when } from './template';

/**
 * The template `grpc-agent`, for proxyless gRPC: the gRPC client of the application connects to istiod
 * through an agent in the same pod. There is no proxy.
 *
 * @see https://istio.io/latest/blog/2021/proxyless-grpc/
 */
export function grpcAgent(input: InjectionInput): TemplateMap {
  return {
    metadata: {
      // The code of the application decides whether it accepts mutual TLS, so no label declares it.
      labels: {
        'service.istio.io/canonical-name': canonicalName,
        'service.istio.io/canonical-revision': canonicalRevision,
      },
      annotations: { ...podAnnotations, 'sidecar.istio.io/rewriteAppHTTPProbers': 'false' },
    },
    spec: {
      containers: [agentContainer(input), applicationContainers(input)],
      volumes: volumes(input),
      imagePullSecrets: imagePullSecrets(input),
    },
  };
}

/** The agent and the applications share the certificates and the socket for their connection. */
const sharedMounts = {
  certificates: mount('istio-data', '/var/lib/istio/data'),
  socket: mount('istio-xds', '/etc/istio/proxy'),
};

function agentContainer(input: InjectionInput): TemplateMap {
  const wait = ['pilot-agent', 'wait', '--url=http://localhost:15020/healthz/ready'];
  return {
    name: 'istio-proxy',
    image: proxyImage(input.values.global.proxy.image),
    imagePullPolicy: imagePullPolicy(input),
    ports: [{ containerPort: 15020, protocol: 'TCP', name: 'mesh-metrics' }],
    args: agentArguments(input, 'sidecar'),
    lifecycle: { postStart: { exec: { command: wait } } },
    env: environment(input),
    readinessProbe: sidecarReadinessProbe(input, 15020),
    resources: proxyResources(input),
    volumeMounts: [
      mount('workload-socket', '/var/run/secrets/workload-spiffe-uds'),
      workloadCertificateMount(input),
      trustsRootOfIstiod(input) ? mount('istiod-ca-cert', '/var/run/secrets/istio') : undefined,
      sharedMounts.certificates,
      sharedMounts.socket,
      mount('istio-token', '/var/run/secrets/tokens'),
      mtlsCertificatesMount(input),
      mount('istio-podinfo', '/etc/istio/pod'),
      userVolumeMounts,
    ],
  };
}

/** Points gRPC in the application containers to the agent. */
function applicationContainers(input: InjectionInput) {
  return each(go`.Spec.Containers`, (_, container) => [
    when(go`ne ${container}.Name "istio-proxy"`, {
      name: go`${container}.Name`,
      env: [
        env('GRPC_XDS_EXPERIMENTAL_SECURITY_SUPPORT', 'true'),
        env('GRPC_XDS_BOOTSTRAP', '/etc/istio/proxy/grpc-bootstrap.json'),
      ],
      volumeMounts: [sharedMounts.certificates, sharedMounts.socket, workloadCertificateMount(input)],
    }),
  ]);
}

function environment(input: InjectionInput): TemplateList {
  const network = clusterNetwork(input);
  const workload = go`.DeploymentMeta.Name`;
  return [
    env('ISTIO_META_GENERATOR', 'grpc'),
    env('OUTPUT_CERTS', '/var/lib/istio/data'),
    localhostProbesEnvironment,
    ...certificateEnvironment(input),
    proxyConfigEnvironment,
    podPortsEnvironment,
    appContainersEnvironment,
    env('ISTIO_META_CLUSTER_ID', clusterName(input) ?? 'Kubernetes'),
    fieldEnv('ISTIO_META_NODE_NAME', 'spec.nodeName'),
    network && env('ISTIO_META_NETWORK', network),
    when(workload, env('ISTIO_META_WORKLOAD_NAME', workload)),
    ownerEnvironment,
    ...meshEnvironment(input),
    proxyMetadataEnvironment,
    // The agent need not resolve names, because gRPC resolves xds: names itself.
    env('ISTIO_META_DNS_CAPTURE', 'false'),
    env('DISABLE_ENVOY', 'true'),
  ];
}

function volumes(input: InjectionInput): TemplateList {
  return [
    { name: 'workload-socket', emptyDir: null },
    workloadCertificateVolume(input, null),
    bootstrapOverrideVolume,
    memoryVolume('istio-xds'),
    { name: 'istio-data', emptyDir: {} },
    podInfoVolume,
    tokenVolume(input),
    trustsRootOfIstiod(input) ? rootCertificateVolume(input) : undefined,
    mtlsCertificatesVolume(input),
    userVolumes,
  ];
}
