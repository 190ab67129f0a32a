import { formatPath } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { hasValue, valueSources } from '../helm-values';
import type { DefinitionNote } from '../notes';
import { unreadValues } from '../values/unread-values';
import { unsupportedValues } from '../values/unsupported-values';
import { ignoredSettings } from './components';
import { isNative } from './control-planes';
import { redundantOwnedValues } from './owned-values';

/**
 * The Istio values of a valid definition that change nothing: they say what is so anyway, or no supported version
 * of Istio reads them. Files from elsewhere are full of them.
 */
export function redundantValues(definition: AnyMeshDefinition): DefinitionNote[] {
  const found = [
    ...valueSources(definition).flatMap(({ path, values }) =>
      [
        ...unreadValues.map((value) => ({ value, reason: 'Istio 1.29 to 1.31 do not read it' })),
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
  return found.map(({ path, reason }) => ({
    path,
    message: `${formatPath(path)} changes nothing: ${reason}.`,
  }));
}
