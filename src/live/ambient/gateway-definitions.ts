import type { V1CustomResourceDefinition } from '@kubernetes/client-node';
import { releaseOf } from '../../control-plane/istio-release';
import { hasAmbient } from '../../mesh/data-plane';
import { compareVersions, type IstioMinorVersion } from '../../mesh/istio-version';
import type { Cluster } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';
import type { LiveCluster } from '../live-cluster';
import { lasting, problemOf } from '../live-problem';
import { undefinedIfRefused } from '../timeout';

/** The versions of the Gateway API in which istiod reads a resource. */
interface ReadVersions {
  readonly from?: string;
  readonly to?: string;
}

const sinceAll = { grpcroutes: { from: '1.1.0' }, backendtlspolicies: { from: '1.4.0' } };

/**
 * The resources of the Gateway API that istiod ignores in some versions, by the minor version of istiod.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/kube/kclient/crdwatcher.go
 */
const readVersions: Readonly<Record<IstioMinorVersion, Readonly<Record<string, ReadVersions>>>> = {
  '1.31': { ...sinceAll, tlsroutes: { from: '1.5.0' }, tcproutes: { from: '1.6.0' } },
  '1.30': { ...sinceAll, tlsroutes: { from: '1.5.0' } },
  '1.29': { ...sinceAll, tlsroutes: { to: '1.4.1' } },
};

const bundleVersion = 'gateway.networking.k8s.io/bundle-version';

/** The definitions of the Gateway API that a cluster in ambient mode has in versions that its istiods ignore. */
export async function gatewayApiWarnings(live: LiveCluster, cluster: Cluster): Promise<Problem[]> {
  if (!hasAmbient(cluster.dataPlane)) return [];
  const { istio } = cluster;
  const minors = [istio.version, ...(istio.canary === undefined ? [] : [istio.canary.version])].map(
    (each) => releaseOf(each).minorVersion,
  );
  const plurals = new Set(minors.flatMap((minor) => Object.keys(readVersions[minor])));
  const installed = new Map(
    await Promise.all(
      [...plurals].map(async (plural) => [plural, await installedVersion(live, plural)] as const),
    ),
  );
  return [...new Set(minors)].flatMap((minor) =>
    Object.entries(readVersions[minor]).flatMap(([plural, versions]) => {
      const version = installed.get(plural);
      if (version === undefined || isRead(version, versions)) return [];
      return [ignored(cluster, minor, { plural, installed: version, versions })];
    }),
  );
}

/** The version of the Gateway API that a definition is part of; undefined if the cluster does not have it, or does not say. */
async function installedVersion(live: LiveCluster, plural: string): Promise<string | undefined> {
  const definition = await undefinedIfRefused(
    live.read<V1CustomResourceDefinition>({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: `${plural}.gateway.networking.k8s.io`,
    }),
  );
  return definition?.metadata?.annotations?.[bundleVersion]?.replace(/^v/, '');
}

function isRead(installed: string, { from, to }: ReadVersions): boolean {
  return (
    (from === undefined || compareVersions(installed, from) >= 0) &&
    (to === undefined || compareVersions(installed, to) <= 0)
  );
}

function ignored(
  { name }: Cluster,
  minor: IstioMinorVersion,
  found: { readonly plural: string; readonly installed: string; readonly versions: ReadVersions },
): Problem {
  const { plural, installed, versions } = found;
  const { from, to } = versions;
  const range = from === undefined ? `up to ${to}` : `from ${from} on`;
  const message = `istiod of Istio ${minor} ignores ${plural} in ${name}: their definition is of Gateway API ${installed}, and istiod reads those ${range}.`;
  const hint = `If you use ${plural}, install Gateway API ${releaseOf(`${minor}.0`).gatewayApi}, which Istio ${minor} is built against, or write istio.gatewayAPI: install.`;
  return problemOf(name, 'LIVE-GATEWAY-API', lasting(message, hint));
}
