import { completeDelivery } from './complete-delivery';
import { completeIstio } from './complete-istio';
import { completeSecrets } from './complete-secrets';
import type { ClusterDefinition, MeshDefinition } from './definition';
import type { EastWestGatewayDefinition } from './gateway-definition';
import { helloWorld } from './hello-world';
import { defaultControlPlaneForm } from './istio-definition';
import { loadBalancerPreset } from './load-balancer-preset';
import type { Cluster, EastWestGatewaySettings, Mesh } from './mesh';

/** Fills in the defaults of a definition that has been checked. */
export function complete(definition: MeshDefinition): Mesh {
  const { istio = {}, certificates = {}, verification = {} } = definition;
  const delivery = completeDelivery(definition);
  return {
    meshID: definition.meshID,
    trustDomain: definition.trustDomain ?? 'cluster.local',
    istio: {
      controlPlane: istio.controlPlane ?? defaultControlPlaneForm,
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
    ...(delivery === undefined ? {} : { delivery }),
    clusters: definition.clusters.map((cluster) => completeCluster(cluster, definition)),
    verification: {
      helloWorld: verification.helloWorld ?? 'disabled',
      curlImage: verification.curlImage ?? helloWorld.clientImage,
    },
  };
}

function completeCluster(cluster: ClusterDefinition, mesh: MeshDefinition): Cluster {
  const { istio, secrets, eastWestGateway = {}, peers, ...given } = cluster;
  const others = mesh.clusters.map(({ name }) => name).filter((name) => name !== cluster.name);
  return {
    ...given,
    // In the order of the mesh, so that the order in which peers are written changes no output.
    peers: peers === undefined ? others : others.filter((name) => peers.includes(name)),
    istio: completeIstio(mesh.istio, istio),
    secrets: completeSecrets(mesh, secrets, cluster.name),
    ...(eastWestGateway === 'disabled' ? {} : { eastWestGateway: completeGateway(eastWestGateway) }),
  };
}

/** Fills in the defaults of an east-west gateway's settings. */
export function completeGateway(definition: EastWestGatewayDefinition): EastWestGatewaySettings {
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
