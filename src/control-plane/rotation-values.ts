import { type HelmValues, isMap } from '../mesh/helm-values';

/**
 * The values with which istiod and the proxies take a second root certificate while they run: istiod otherwise
 * ignores a changed root until it restarts, and proxies keep theirs until they renew their certificates.
 *
 * @param values the user's values, which can spell a key of the mesh configuration in two ways but not in both
 */
export function rotationValues({ meshConfig }: HelmValues): HelmValues {
  const defaultConfig = isMap(meshConfig) ? meshConfig.defaultConfig : undefined;
  const key = isMap(defaultConfig) && 'proxy_metadata' in defaultConfig ? 'proxy_metadata' : 'proxyMetadata';
  return {
    pilot: { env: { ISTIO_MULTIROOT_MESH: 'true' } },
    meshConfig: { defaultConfig: { [key]: { PROXY_CONFIG_XDS_AGENT: 'true' } } },
  };
}
