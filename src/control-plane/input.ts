import { memoized } from '../kubernetes/memoized';
import type { ComponentDefinition } from '../mesh/components/definition';
import { hasAmbient } from '../mesh/data-plane';
import { type HelmValues, isMap, mergeValues } from '../mesh/helm-values';
import { defaultRevision } from '../mesh/istio-names';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { backends, usesIstioCsr } from '../mesh/secrets/backends';
import { trustDomainValues } from '../mesh/trust-domains';
import { typedValues } from '../mesh/values/typed-values';
import { ambientNamespace, type ZtunnelSettings, ztunnelDaemonSet } from '../mesh/ztunnel';
import { pilotValues } from './components/component-values';
import { type IstioRelease, releaseOf } from './istio-release';
import { rotationValues } from './rotation-values';
import {
  type ChartValues,
  chartValues,
  mapAt,
  type RecordedValues,
  recordedValues,
} from './values/chart-values';

type GlobalValues = ChartValues['global'];

/** The part of an input that is the same for all clusters that differ only in name and network. */
export interface SharedInput {
  readonly release: IstioRelease;
  /** The revision; `default` for the one that Istio does not name. */
  readonly revision: string;
  /** The values with all defaults. */
  readonly values: Omit<ChartValues, 'global'> & {
    readonly global: Omit<GlobalValues, 'network' | 'multiCluster'>;
  };
  /** The components `pilot`, `base`, `cni` and `ztunnel`, if the user has set any. */
  readonly pilot?: ComponentDefinition;
  readonly base?: ComponentDefinition;
  readonly cni?: ComponentDefinition;
  readonly ztunnel?: ComponentDefinition;
}

/** Everything that determines the objects of one control plane in one cluster. */
export interface ControlPlaneInput extends SharedInput {
  readonly values: ChartValues;
  /** The values as Istio records them in the cluster. istiod reads only its own part of them. */
  readonly recorded: RecordedValues;
  /** What the injection templates depend on. Clusters with the same {@link SharedInput} share this object. */
  readonly injection: Pick<ControlPlaneInput, 'release' | 'values'>;
  /** The Secret without which istiod does not start; undefined if all are optional, as in Istio's charts. */
  readonly requiredSecret?: 'cacerts' | 'istiod-tls';
}

/**
 * The input of a control plane outside of a mesh.
 *
 * @throws MeshError if this package does not know the version of Istio
 */
export function controlPlaneInput(settings: ControlPlaneSettings): ControlPlaneInput {
  const { version, hub, tag, revision, components = {} } = settings;
  const { pilot, base, cni, ztunnel } = components;
  const release = releaseOf(version);
  const userValues = mergeValues(settings.values, pilotValues(release, pilot), {
    global: { hub, tag },
    ...revisionValue(settings),
    ...profileValue(settings),
  });
  const recorded = recordedValues(release, userValues);
  const values = readValues(release, userValues, recorded);
  return { release, revision, values, pilot, base, cni, ztunnel, recorded, injection: { release, values } };
}

/** The values as the charts read them. They are recorded as the user wrote them. */
function readValues(release: IstioRelease, userValues: HelmValues, recorded: RecordedValues): ChartValues {
  const typed = typedValues(userValues);
  const { meshConfig } = userValues;
  // istiod reads its configuration as the user wrote it.
  const read = meshConfig === undefined ? typed : { ...typed, meshConfig };
  return chartValues(typed === userValues ? recorded.merged : recordedValues(release, read).merged);
}

/** The charts know the values of the other profiles by name. Those of `default` and `minimal` are their defaults. */
export function profileValue({
  dataPlane,
  profile,
}: Pick<ControlPlaneSettings, 'dataPlane' | 'profile'>): HelmValues {
  if (hasAmbient(dataPlane)) return { profile: 'ambient' };
  return profile === 'default' || profile === 'minimal' ? {} : { profile };
}

/** A canary inherits the values of the first control plane, which may say again what its revision is. */
function revisionValue({ revision, values }: ControlPlaneSettings): HelmValues {
  if (revision !== defaultRevision) return { revision };
  return values.revision === undefined ? {} : { revision: '' };
}

/**
 * The input of a control plane of a cluster.
 *
 * @throws MeshError if this package does not know the version of Istio
 */
export function clusterInput(
  mesh: Mesh,
  cluster: Cluster,
  settings: ControlPlaneSettings = cluster.istio,
): ControlPlaneInput {
  const { version, hub, tag, revision, profile, dataPlane, components } = settings;
  const values = clusterValues(mesh, { ...cluster, ...anyCluster }, settings.values);
  const shared = sharedInput({ version, hub, tag, revision, profile, dataPlane, values, components });
  return {
    ...shared,
    values: withIdentity(shared.values, cluster),
    recorded: {
      original: withIdentity(shared.recorded.original, cluster),
      merged: withIdentity(shared.recorded.merged, cluster),
    },
    requiredSecret: requiredSecret(cluster),
  };
}

/** Stands for the name and network of each cluster that shares an input. */
const anyCluster = { name: 'any', network: 'any' };

/**
 * Most clusters of a mesh differ only in their name and network. Merging the values with their defaults
 * once for all of them saves a third of what a further cluster costs.
 */
const sharedInput = memoized(controlPlaneInput, 16);

function withIdentity<Values extends object>(values: Values, { name, network }: Cluster): Values {
  const { global } = values as { readonly global: { readonly multiCluster: object } };
  const multiCluster = { ...global.multiCluster, clusterName: name };
  return { ...values, global: { ...global, multiCluster, network } };
}

/** istiod waits for a Secret that a controller creates. A plain Secret is applied before istiod. */
function requiredSecret({ secrets }: Cluster): ControlPlaneInput['requiredSecret'] {
  if (usesIstioCsr(secrets)) return 'istiod-tls';
  return backends[secrets.cacerts].output === 'plain-text' ? undefined : 'cacerts';
}

/**
 * Istio's Helm values for one cluster: the user's values, and over them the values that follow from the
 * mesh. With istio-csr, proxies request their certificates from it, at the address of its chart unless the
 * user sets another one. istiod then signs no certificates, and gets its own from the Secret istiod-tls.
 *
 * With Flux, the charts' validation is strict from the start unless the user sets another policy. Otherwise istiod
 * would make it strict and Flux would revert it, again and again. Flux applies no Istio resource before
 * istiod is ready.
 *
 * With the CNI node agent, pods have no init container that redirects their traffic, unless the user sets the value:
 * pods can move to the node agent later than it is installed.
 *
 * In ambient mode, istiod, waypoints and ingress gateways know other networks, istiod trusts ztunnel where it runs, and
 * ztunnel finds the root certificate where istiod writes it, unless the user sets the values.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 * @see https://cert-manager.io/docs/usage/istio-csr/
 */
export function clusterValues(
  mesh: Mesh,
  cluster: Cluster,
  values: HelmValues = cluster.istio.values,
): HelmValues {
  const istioCsr = usesIstioCsr(cluster.secrets);
  const defaults = mergeValues(
    istioCsr ? { global: { caAddress: istioCsrAddress } } : {},
    validatesStrictly(mesh) ? { base: { validationFailurePolicy: 'Fail' } } : {},
    cluster.istio.cni === undefined ? {} : { pilot: { cni: { enabled: true } } },
    hasAmbient(cluster.dataPlane) ? ambientValues(cluster, values) : {},
  );
  const rotation = mesh.certificates.rootRotation === 'enabled' && !istioCsr ? rotationValues(values) : {};
  return mergeValues(defaults, values, rotation, {
    global: {
      meshID: mesh.meshID,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
    },
    meshConfig: trustDomainValues(mesh, cluster, values),
    ...(istioCsr ? { pilot: { env: { ENABLE_CA_SERVER: 'false' } } } : {}),
  });
}

/** The other formats write no policy. */
function validatesStrictly({ gitops, istio }: Mesh): boolean {
  return gitops?.tool === 'flux' && istio.controlPlane === 'helm';
}

function ambientValues({ istio: { ztunnel } }: Cluster, values: HelmValues): HelmValues {
  const { env } = mapAt(values, 'pilot');
  const byTrustBundle = isMap(env) && String(env.ENABLE_CLUSTER_TRUST_BUNDLE_API) === 'true';
  return mergeValues(
    { pilot: { env: ambientNetworks } },
    ztunnel === undefined ? {} : { pilot: trustedZtunnel(ztunnel, values) },
    byTrustBundle ? { ztunnel: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } } } : {},
  );
}

/** istiod signs certificates of pods for the service account of their ztunnel. Its chart knows only the usual one. */
function trustedZtunnel({ name, namespace }: ZtunnelSettings, values: HelmValues): HelmValues {
  return {
    ...(namespace === ambientNamespace(values) ? {} : { trustedZtunnelNamespace: namespace }),
    ...(name === ztunnelDaemonSet ? {} : { trustedZtunnelName: name }),
  };
}

/** Other networks are off by default in ambient mode, as is what tells them apart in telemetry. */
const ambientNetworks = {
  AMBIENT_ENABLE_MULTI_NETWORK: 'true',
  AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: 'true',
  AMBIENT_ENABLE_BAGGAGE: 'true',
};

const istioCsrAddress = 'cert-manager-istio-csr.cert-manager.svc:443';
