import type { DefinitionPath } from '../../problems/problem';
import type { MovedSetting } from '../components/current-settings';
import type { Change } from '../current-forms';
import { type HelmValue, type HelmValues, isMap, mergeValues } from '../helm-values';
import { keysAt } from '../schema-keys';
import { istioValues } from './schemas/istio-values';

/** The key under which Istio's charts keep their defaults. Users copy them with it, and what they change takes effect. */
const defaultsKey = '_internal_defaults_do_not_set';

/** Keys of istiod's values that stand for something else at the top level. */
const otherKeys = ['cni', 'hub', 'istiodRemote', 'tag'];

/**
 * Values with those of istiod below `pilot`, where an IstioOperator has them. Istio's chart istiod has them at the top level,
 * too, and those below `pilot` override them.
 */
export function withoutFlatValues(values: HelmValues): Change | undefined {
  const known = keysAt(istioValues(), ['pilot']).filter((key) => !otherKeys.includes(key));
  const { [defaultsKey]: copied, ...own } = values;
  const defaults = isMap(copied) ? copied : {};
  // Only the chart istiod has a map of this name among its defaults for which istiod is meant.
  const found = [
    ...placed(defaults, [...known, 'cni'], [defaultsKey]),
    ...placed(isMap(copied) || copied === undefined ? own : values, known, []),
  ];
  const moved = found.filter(({ from, to }) => from.join() !== to.join());
  if (moved.length === 0 && !isMap(copied)) return undefined;
  const inOrder = [...found.filter(isFlat), ...found.filter((setting) => !isFlat(setting))];
  return {
    content: mergeValues(...inOrder.map(({ to, value }) => layer(to, value))),
    moved: moved.map(({ from, to }) => ({ from, to })),
    notes: [],
  };
}

interface PlacedValue extends MovedSetting {
  readonly value: HelmValue;
}

function placed(values: HelmValues, ofPilot: readonly string[], holder: DefinitionPath): PlacedValue[] {
  return Object.entries(values).map(([key, value]) => ({
    from: [...holder, key],
    to: ofPilot.includes(key) ? ['pilot', key] : [key],
    value,
  }));
}

function isFlat({ to }: PlacedValue): boolean {
  return to.length > 1;
}

function layer(path: DefinitionPath, value: HelmValue): HelmValues {
  return path.reduceRight<HelmValue>((within, key) => ({ [key]: within }), value) as HelmValues;
}
