import { memoized } from '../kubernetes/memoized';
import { type HelmValues, mergeValues } from '../mesh/helm-values';
import { defaultRevision } from '../mesh/istio-names';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { usesIstioCsr } from '../mesh/secrets/definition';
import { type IstioRelease, releaseOf } from './istio-release';
import { type ChartValues, chartValues, type RecordedValues, recordedValues } from './values/chart-values';

/** All that the control plane of one revision in one cluster follows from. */
export interface ControlPlaneInput {
  readonly release: IstioRelease;
  /** The revision; `default` for the one that Istio does not name. */
  readonly revision: string;
  /** The values, complete with every default. */
  readonly values: ChartValues;
  /** The values as Istio keeps them in the cluster for whoever debugs it; istiod reads its own part. */
  readonly recorded: RecordedValues;
  /** The Secret without which istiod does not start; undefined where all are optional, as in Istio's charts. */
  readonly requiredSecret?: string;
}

/**
 * What a control plane of a cluster follows from.
 *
 * @throws MeshError where this package does not know the version of Istio
 */
export function controlPlaneInput(
  mesh: Mesh,
  cluster: Cluster,
  settings: ControlPlaneSettings = cluster.istio,
): ControlPlaneInput {
  return inputOf({ ...settings, values: clusterValues(mesh, cluster, settings.values) });
}

/**
 * What a control plane follows from, in a mesh or alone. The last few are remembered, since each of the
 * constructs that make up a control plane asks for it.
 */
export const inputOf = memoized((settings: ControlPlaneSettings): ControlPlaneInput => {
  const { version, hub, tag, revision, profile, values } = settings;
  const release = releaseOf(version);
  const given = mergeValues(values, {
    global: { hub, tag },
    ...(revision === defaultRevision ? {} : { revision }),
    ...(profile === 'default' || profile === 'minimal' ? {} : { profile }),
  });
  const recorded = recordedValues(release, given);
  return { release, revision, values: chartValues(recorded.merged), recorded };
}, 4);

/**
 * Istio's Helm values for one cluster: what the user gave, and over it what follows from the mesh. With
 * istio-csr, proxies ask it for their certificates, where its chart puts it unless the user says where
 * else it is, and istiod, whose certificate it issues into the Secret istiod-tls, signs none.
 *
 * With Flux, validation is strict from the start, unless the user says otherwise: istiod would make it so,
 * and Flux undo that, again and again. The chain has no resource of Istio applied before istiod answers.
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
    isStrict(mesh) ? { base: { validationFailurePolicy: 'Fail' } } : {},
  );
  return mergeValues(defaults, values, {
    global: {
      meshID: mesh.meshID,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
    },
    meshConfig: { trustDomain: mesh.trustDomain },
    ...(istioCsr ? { pilot: { env: { ENABLE_CA_SERVER: 'false' } } } : {}),
  });
}

/** Of the formats, istioctl does not take the value; there, Flux patches what it has rendered. */
function isStrict({ gitops, istio }: Mesh): boolean {
  return gitops?.tool === 'flux' && istio.controlPlane !== 'istioctl';
}

const istioCsrAddress = 'cert-manager-istio-csr.cert-manager.svc:443';
