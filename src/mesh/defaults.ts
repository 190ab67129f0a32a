import { type DefinitionPath, formatPath, type Location } from '../problems/problem';
import { clusterDomainOf } from './cluster-domain';
import { type DataPlane, dataPlaneOf, hasAmbient, hasSidecars } from './data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from './definition';
import { exposeAll, exposedHosts } from './exposure';
import type { EastWestGatewayDefinition } from './gateway';
import { ambientGatewayWithDefaults } from './gateways/ambient-gateway';
import { eastWestGatewayOf } from './gateways/east-west-source';
import { gatewaysWithDefaults } from './gateways/gateway-settings';
import { gatewayNamespace } from './gateways/namespace';
import { serviceWithPreset } from './gateways/service-with-preset';
import { type Texts, type TextsDefinition, textsOf } from './gateways/texts';
import { gitopsWithDefaults } from './gitops';
import { clusterHelloWorld } from './hello-world';
import { defaultControlPlaneFormat, istioOf } from './istio';
import { helloWorld } from './istio-names';
import type { Cluster, EastWestGatewaySettings, Mesh } from './mesh';
import type { PatchDefinition } from './patches/definition';
import { type Patch, readPatch } from './patches/patch';
import { readerWithDefaults } from './reader';
import { secretsWithDefaults } from './secrets/definition';
import { istiodPortsOfSecurity, type SecurityLevel, valuesOfSecurity } from './security';
import { serviceWithDefaults } from './services';
import { defaultTrustDomain } from './trust-domains';
import { waypointWithDefaults } from './waypoints';

/** Fills in the defaults of a validated definition. */
export function meshWithDefaults(
  definition: AnyMeshDefinition,
  locate: Locate = (path) => ({ path: formatPath(path) }),
): Omit<Mesh, 'notes'> {
  const { istio = {}, certificates = {}, verification = {}, clusters } = definition;
  const gitops = gitopsWithDefaults(definition);
  return {
    meshID: definition.meshID,
    trustDomain: definition.trustDomain ?? defaultTrustDomain,
    security: definition.security ?? 'istio',
    istio: {
      controlPlane: istio.controlPlane ?? defaultControlPlaneFormat,
      istioctl: istio.istioctl ?? 'istioctl',
      crds: istio.crds ?? 'write',
    },
    certificates: {
      directory: certificates.directory ?? 'certs',
      keyAlgorithm: certificates.keyAlgorithm ?? 'RSA-4096',
      rootValidityDays: certificates.rootValidityDays ?? 3650,
      intermediateValidityDays: certificates.intermediateValidityDays ?? 365,
      warnBeforeExpiryDays: certificates.warnBeforeExpiryDays ?? 30,
      rootRotation: certificates.rootRotation ?? 'disabled',
    },
    remotes: definition.remotes ?? 'remotes',
    secrets: { directory: definition.secrets?.directory ?? 'encrypted' },
    ...(gitops === undefined ? {} : { gitops }),
    clusters: clustersWithDefaults(clusters, definition, locate),
    ...withPatches(definition.patches, ['patches'], locate),
    services: (definition.services ?? []).map(serviceWithDefaults),
    waypoints: (definition.waypoints ?? []).map(waypointWithDefaults),
    verification: {
      helloWorld: verification.helloWorld ?? 'disabled',
      curlImage: verification.curlImage ?? helloWorld.clientImage,
    },
  };
}

/** Finds the location of what is at a path of the definition. */
type Locate = (path: DefinitionPath) => Location;

/** Patches with their locations: whether they match is known only when the objects are. */
function withPatches(
  patches: readonly PatchDefinition[] | undefined,
  path: DefinitionPath,
  locate: Locate,
): { readonly patches?: readonly Patch[] } {
  if (patches === undefined || patches.length === 0) return {};
  return {
    patches: patches.flatMap((patch, index) => {
      const read = readPatch(patch);
      return 'message' in read ? [] : [{ ...read, location: locate([...path, index]) }];
    }),
  };
}

function clustersWithDefaults(
  clusters: readonly ClusterDefinition[],
  mesh: AnyMeshDefinition,
  locate: Locate,
): Cluster[] {
  const positions = new Map(clusters.map(({ name }, index) => [name, index]));
  const position = (name: string) => positions.get(name) ?? 0;
  return clusters.map(({ patches, ...cluster }, index) => {
    const { peers = [...positions.keys()].filter((name) => name !== cluster.name) } = cluster;
    // The order in which a user lists peers must not change the output.
    const ordered = [...peers].sort((a, b) => position(a) - position(b));
    return {
      ...clusterWithDefaults({ ...cluster, peers: ordered }, mesh),
      ...withPatches(patches, ['clusters', index, 'patches'], locate),
    };
  });
}

function clusterWithDefaults(
  cluster: Omit<ClusterDefinition, 'patches'> & Pick<Cluster, 'peers'>,
  mesh: AnyMeshDefinition,
): Cluster {
  const {
    secrets,
    reader,
    eastWestGateway: _,
    gateways,
    exposure = mesh.exposure ?? exposeAll,
    ...settings
  } = cluster;
  const { security = 'istio' } = mesh;
  const eastWestGateway = eastWestGatewayOf(cluster, mesh);
  const istio = istioOf(mesh, cluster, valuesOfSecurity[security]);
  return {
    ...settings,
    dataPlane: dataPlaneOf(mesh, cluster),
    trustDomain: cluster.trustDomain ?? mesh.trustDomain ?? defaultTrustDomain,
    istio,
    secrets: secretsWithDefaults(mesh, secrets, cluster.name),
    reader: readerWithDefaults(mesh.reader, reader),
    ...(eastWestGateway === undefined
      ? {}
      : eastWestGateways(eastWestGateway, dataPlaneOf(mesh, cluster), security)),
    gateways: gatewaysWithDefaults(mesh.gateways, gateways, istio, security),
    exposedHosts: exposedHosts(exposure, clusterDomainOf(istio.values), mesh.verification?.helloWorld),
    helloWorld: clusterHelloWorld(mesh.verification, dataPlaneOf(mesh, cluster)),
  };
}

/** The gateways through which other networks reach the data planes of a cluster. */
function eastWestGateways(
  definition: EastWestGatewayDefinition,
  dataPlane: DataPlane,
  security: SecurityLevel,
): Pick<Cluster, 'eastWestGateway' | 'ambientGateway'> {
  return {
    ...(hasSidecars(dataPlane) ? { eastWestGateway: gatewayWithDefaults(definition, security) } : {}),
    ...(hasAmbient(dataPlane) ? { ambientGateway: ambientGatewayWithDefaults(definition, dataPlane) } : {}),
  };
}

/** Fills in the defaults of an east-west gateway. */
export function gatewayWithDefaults(
  definition: EastWestGatewayDefinition,
  security: SecurityLevel = 'istio',
): EastWestGatewaySettings {
  const { loadBalancer: _, service: __, ambient: ___, ...own } = definition;
  const { autoscaling = {}, resources = {}, namespace, ...others } = own;
  const { labels, annotations, podAnnotations, nodeSelector, ...settings } = others;
  return {
    istiodPorts: istiodPortsOfSecurity[security],
    ...settings,
    ...textsByKey({ labels, annotations, podAnnotations, nodeSelector }),
    namespace: gatewayNamespace(namespace),
    resources: {
      requests: { cpu: '100m', memory: '128Mi', ...resources.requests },
      limits: { cpu: '2000m', memory: '1024Mi', ...resources.limits },
    },
    autoscaling:
      autoscaling === 'disabled'
        ? 'disabled'
        : { minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 80, ...autoscaling },
    service: serviceWithPreset(definition),
  };
}

/** The texts of the maps that a definition has. */
function textsByKey<Key extends string>(
  maps: Readonly<Record<Key, TextsDefinition | undefined>>,
): Partial<Record<Key, Texts>> {
  const given = (Object.keys(maps) as Key[]).filter((key) => maps[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, textsOf(maps[key])])) as Partial<Record<Key, Texts>>;
}
