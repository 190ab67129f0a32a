import { type DefinitionPath, formatPath } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { hasValue, valueSources } from '../helm-values';
import { istioOf } from '../istio';
import type { DefinitionNote } from '../notes';
import { formerDefaultsIn } from '../values/former-defaults';
import { unreadValues } from '../values/unread-values';
import { unsupportedValues } from '../values/unsupported-values';
import { isNative } from './control-planes';
import { ignoredSettings } from './ignored-settings';
import { redundantOwnedValues } from './owned-values';

/**
 * The Istio values of a valid definition that change nothing: they say what is so anyway, or no supported version
 * of Istio reads them. Files from elsewhere are full of them.
 */
export function redundantValues(definition: AnyMeshDefinition): DefinitionNote[] {
  const found = [
    ...valueSources(definition).flatMap(({ path, values }) =>
      [
        ...[...unreadValues, ...(isNative(definition) ? formerDefaultsIn(values) : [])].map((value) => ({
          value,
          reason: 'Istio 1.29 to 1.31 do not read it',
        })),
        ...(isNative(definition) ? unsupportedValues : []).map((each) => ({
          value: each.path,
          reason: 'it says what is so anyway',
        })),
      ]
        .filter(({ value }) => hasValue(values, value))
        .map(({ value, reason }) => ({ path: [...path, ...value], reason })),
    ),
    ...redundantOwnedValues(definition),
    ...ignoredSettings(definition),
  ];
  const named = found.map(({ path }) => formatPath(path));
  const unused = [
    ...unusedValues(definition, 'cni', 'istio.cni is disabled'),
    ...unusedValues(definition, 'ztunnel', 'the cluster has no ztunnel, which dataPlane: ambient enables'),
  ].filter(({ path }) => !named.some((each) => each.startsWith(`${formatPath(path)}.`)));
  return [...found, ...unused].map(({ path, reason }) => ({
    path,
    message: `${formatPath(path)} changes nothing: ${reason}.`,
  }));
}

/** Values of the CNI node agent or of ztunnel for clusters that have none. Files from elsewhere enable it in another place. */
function unusedValues(
  definition: AnyMeshDefinition,
  component: 'cni' | 'ztunnel',
  reason: string,
): { readonly path: DefinitionPath; readonly reason: string }[] {
  const sources = valueSources(definition).filter(({ values }) => hasValue(values, [component]));
  if (sources.length === 0) return [];
  const has = definition.clusters.map((cluster) => istioOf(definition, cluster)[component] !== undefined);
  return sources
    .filter(({ path: [holder, index] }) => {
      const isUsed = holder === 'clusters' ? has[Number(index)] : has.includes(true);
      return isUsed !== true;
    })
    .map(({ path }) => ({ path: [...path, component], reason }));
}
