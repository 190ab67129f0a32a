import { parse } from 'yaml';
import { type Fields, isFields } from '../../kubernetes/object';
import type { OverlayPatchDefinition } from '../../mesh/components/definition';
import { type OverlayStep, overlaySteps } from '../../mesh/components/overlay-path';

/**
 * Applies a patch of an overlay as istioctl does: it creates maps that are missing, and ignores a patch of an item
 * that a list does not have.
 */
export function applyOverlayPatch<Value extends object>(
  object: Value,
  { path, value }: OverlayPatchDefinition,
): Value {
  const steps = overlaySteps(path) ?? [];
  if (steps.length === 0) return object;
  const change = value === undefined || value === null ? removal : { value: unquoted(value) };
  return changed(object, steps, change) as Value;
}

interface Change {
  /** Undefined removes. */
  readonly value?: unknown;
}

const removal: Change = {};

/** The value at the end of the steps replaced. What is beside the path stays the same object. */
function changed(node: unknown, steps: readonly OverlayStep[], change: Change): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change.value;
  if (Array.isArray(node)) return changedList(node, step, rest, change);
  if (!('key' in step)) return node === undefined || node === null ? createdList(step, rest, change) : node;
  if (typeof node === 'object' || node === undefined) return changedMap(node ?? {}, step.key, rest, change);
  return node;
}

function changedMap(map: object, key: string, rest: readonly OverlayStep[], change: Change): unknown {
  const current = (map as Fields)[key];
  if (change === removal && (current === undefined || current === null)) return map;
  const value = changed(current, rest, change);
  const entries = Object.entries(map).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? entries : [...entries, [key, value]]);
}

function changedList(
  list: readonly unknown[],
  step: OverlayStep,
  rest: readonly OverlayStep[],
  change: Change,
): unknown {
  const found = positionIn(list, step);
  if (found === undefined) return list;
  const isPresent = found < list.length;
  if (!isPresent && change === removal) return list;
  const value = changed(isPresent ? list[found] : undefined, rest, change);
  if (value === undefined) return list.filter((_, index) => index !== found);
  return isPresent ? list.map((item, index) => (index === found ? value : item)) : [...list, value];
}

/** A list that is not there gets its first item; istioctl would write a map whose key is the index. */
function createdList(step: OverlayStep, rest: readonly OverlayStep[], change: Change): unknown {
  if (!('index' in step) || change === removal) return undefined;
  const value = changed(undefined, rest, change);
  return value === undefined ? undefined : [value];
}

/** The position of an item; the length of the list for one to append; undefined if there is none. */
function positionIn(list: readonly unknown[], step: OverlayStep): number | undefined {
  if ('key' in step) return undefined;
  if ('index' in step) return step.index < 0 || step.index >= list.length ? list.length : step.index;
  const index = list.findIndex((item) =>
    'field' in step
      ? isFields(item) && String(item[step.field]) === step.value
      : !isFields(item) && new RegExp(step.pattern).test(String(item)),
  );
  return index < 0 ? undefined : index;
}

/** istioctl reads a text that looks like a map in YAML as a map, unless it is JSON. */
function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !(value.includes('\n') ? value.includes(':') : value.includes(': ')))
    return value;
  if (isJsonMap(value)) return value;
  try {
    const parsed: unknown = parse(value, { version: '1.1' });
    return isFields(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

function isJsonMap(text: string): boolean {
  try {
    return isFields(JSON.parse(text));
  } catch {
    return false;
  }
}
