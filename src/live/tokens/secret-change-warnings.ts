import { type RemoteSecretChange, remoteSecretChange } from '../../control-plane/istio-release';
import { istioSystem } from '../../mesh/istio-names';
import type { Mesh } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';
import type { ConnectedCluster } from '../connected-cluster';
import { askIstiod } from '../istiod-request';
import { parseVersion } from '../istiod-state';
import { observePods } from '../observe-pods';

/**
 * Warns of istiods that lose endpoints when a remote secret changes, before it is applied.
 *
 * @param changed the clusters whose remote secrets change
 */
export async function secretChangeWarnings(
  connected: readonly ConnectedCluster[],
  changed: readonly string[],
): Promise<Problem[]> {
  const readers = connected.filter(({ cluster }) => cluster.peers.some((peer) => changed.includes(peer)));
  const warnings = await Promise.all(
    readers.map(async (reader) => {
      const versions = await istiodVersions(reader);
      return [...new Set(versions)].flatMap((version) => warningOf(reader.cluster.name, version) ?? []);
    }),
  );
  return warnings.flat();
}

/** The same without a connection: the warnings about the versions in the mesh definition. */
export function definedVersionWarnings({ clusters }: Mesh, changed: readonly string[]): Problem[] {
  return clusters
    .filter(({ peers }) => peers.some((peer) => changed.includes(peer)))
    .flatMap(({ name, istio }) => warningOf(name, istio.version) ?? []);
}

/** The versions of the running istiods or, if there are none, that of the mesh definition. */
async function istiodVersions({ cluster, live }: ConnectedCluster): Promise<string[]> {
  if (live === undefined) return [cluster.istio.version];
  const pods = await observePods(live, istioSystem, { app: 'istiod' });
  const answers = await Promise.all(
    pods.filter(({ ready }) => ready).map(({ name }) => askIstiod(live, name, '/version')),
  );
  const versions = answers.flatMap((answer) => (answer === undefined ? [] : parseVersion(answer)));
  return versions.length > 0 ? versions : [cluster.istio.version];
}

const effects: Readonly<
  Record<RemoteSecretChange, { readonly message: string; readonly hint: string } | undefined>
> = {
  seamless: undefined,
  interrupts: {
    message:
      'removes all endpoints of a cluster when its remote secret changes, until it has read them again',
    hint: 'Upgrade to Istio 1.31 before, or apply at a time when calls between clusters may fail for some seconds.',
  },
  'loses-endpoints': {
    message: 'may lose the endpoints of a cluster when its remote secret changes, until it is restarted',
    hint: `Upgrade to Istio 1.31 before, or restart istiod as soon as the remote secrets are applied: kubectl -n ${istioSystem} rollout restart deployment -l app=istiod`,
  },
};

function warningOf(cluster: string, version: string): Problem | undefined {
  const effect = effects[remoteSecretChange(version)];
  if (effect === undefined) return undefined;
  const message = `istiod ${version} of ${cluster} ${effect.message}.`;
  return { code: 'LIVE-VERSION', location: { file: cluster }, message, hint: effect.hint };
}
