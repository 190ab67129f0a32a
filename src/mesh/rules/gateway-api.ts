import { istioOf } from '../istio';
import { supportedMinorVersions } from '../istio-version';
import type { Rule } from './clusters';
import { isHelm, isNative } from './control-planes';

/** The version of the Gateway API follows from that of Istio. The other formats refuse other versions of Istio anyway. */
export const knownGatewayApi: Rule = (definition) => {
  if (isNative(definition) || isHelm(definition)) return [];
  return definition.clusters.flatMap((cluster, index) => {
    const { gatewayAPI, version, canary } = istioOf(definition, cluster);
    if (gatewayAPI === 'skip') return [];
    const unknown = [version, canary?.version].find((each) => each !== undefined && !isSupported(each));
    if (unknown === undefined) return [];
    return [
      {
        code: 'CONTROL-PLANE-VERSION' as const,
        path: ['clusters', index],
        message: `This package does not know which version of the Gateway API Istio ${unknown} in ${cluster.name} needs.`,
        hint: `Write a version of ${supportedMinorVersions.join(', ')}, or write istio.gatewayAPI: skip and install the Gateway API yourself.`,
      },
    ];
  });
};

function isSupported(version: string): boolean {
  return supportedMinorVersions.some((minor) => version.startsWith(`${minor}.`));
}
