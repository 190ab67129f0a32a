import type { ClusterDefinition, MeshDefinition } from './definition';
import type { EastWestGatewayDefinition } from './gateway';
import { gitopsWithDefaults } from './gitops';
import { defaultControlPlaneFormat, istioWithDefaults } from './istio';
import { helloWorld } from './istio-names';
import { loadBalancerPreset } from './load-balancer-preset';
import type { Cluster, EastWestGatewaySettings, Mesh } from './mesh';
import { secretsWithDefaults } from './secrets/definition';

/** Fills in the defaults of a definition that has been checked. */
export function meshWithDefaults(definition: MeshDefinition): Mesh {
  const { istio = {}, certificates = {}, verification = {} } = definition;
  const gitops = gitopsWithDefaults(definition);
  return {
    meshID: definition.meshID,
    trustDomain: definition.trustDomain ?? 'cluster.local',
    istio: {
      controlPlane: istio.controlPlane ?? defaultControlPlaneFormat,
      istioctl: istio.istioctl ?? 'istioctl',
      crds: istio.crds ?? 'write',
    },
    certificates: {
      directory: certificates.directory ?? 'certs',
      keyAlgorithm: certificates.keyAlgorithm ?? 'RSA-4096',
      rootValidityDays: certificates.rootValidityDays ?? 3650,
      intermediateValidityDays: certificates.intermediateValidityDays ?? 3650,
    },
    remotes: definition.remotes ?? 'remotes',
    secrets: { directory: definition.secrets?.directory ?? 'encrypted' },
    ...(gitops === undefined ? {} : { gitops }),
    clusters: definition.clusters.map((cluster) => clusterWithDefaults(cluster, definition)),
    verification: {
      helloWorld: verification.helloWorld ?? 'disabled',
      curlImage: verification.curlImage ?? helloWorld.clientImage,
    },
  };
}

function clusterWithDefaults(cluster: ClusterDefinition, mesh: MeshDefinition): Cluster {
  const { istio, secrets, eastWestGateway = {}, peers, ...given } = cluster;
  const others = mesh.clusters.map(({ name }) => name).filter((name) => name !== cluster.name);
  return {
    ...given,
    // In the order of the mesh, so that the order in which peers are written changes no output.
    peers: peers === undefined ? others : others.filter((name) => peers.includes(name)),
    istio: istioWithDefaults(mesh.istio, istio),
    secrets: secretsWithDefaults(mesh, secrets, cluster.name),
    ...(eastWestGateway === 'disabled' ? {} : { eastWestGateway: gatewayWithDefaults(eastWestGateway) }),
  };
}

/** Fills in the defaults of an east-west gateway's settings. */
export function gatewayWithDefaults(definition: EastWestGatewayDefinition): EastWestGatewaySettings {
  const { loadBalancer, service = {}, autoscaling = {}, resources = {}, ...given } = definition;
  const preset = loadBalancer && loadBalancerPreset(loadBalancer.cloud, loadBalancer.scheme ?? 'public');
  return {
    ...given,
    resources: {
      requests: { cpu: '100m', memory: '128Mi', ...resources.requests },
      limits: { cpu: '2000m', memory: '1024Mi', ...resources.limits },
    },
    autoscaling:
      autoscaling === 'disabled'
        ? 'disabled'
        : { minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 80, ...autoscaling },
    service: {
      type: 'LoadBalancer',
      ...preset,
      ...service,
      annotations: { ...preset?.annotations, ...service.annotations },
    },
  };
}
