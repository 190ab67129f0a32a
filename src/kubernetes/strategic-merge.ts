import { type FieldMerge, type MergeType, mergeTypeOf } from './merge-types';
import { type Fields, isFields } from './object';

/**
 * Merges a patch over an object as `kubectl patch` does: kinds of Kubernetes with a strategic merge, all others as
 * JSON. Neither argument is changed.
 *
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 * @throws RangeError if a directive of the patch is not valid, or an item of a list lacks its key
 */
export function mergePatch(object: Fields, patch: Fields): Fields {
  const type = mergeTypeOf({ apiVersion: String(object.apiVersion), kind: String(object.kind) });
  return type === undefined ? jsonMerge(object, patch) : mergeMap(object, patch, type);
}

/** A JSON merge patch: maps are merged, null removes, and all else is replaced. */
function jsonMerge(original: unknown, patch: Fields): Fields {
  const merged = new Map(Object.entries(isFields(original) ? original : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isFields(value) ? jsonMerge(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}

const directive = '$patch';
const retainKeys = '$retainKeys';
const deleteList = /^\$deleteFromPrimitiveList\/(.+)$/;
const elementOrder = /^\$setElementOrder\/(.+)$/;

function mergeMap(original: Fields, patch: Fields, type: MergeType): Fields {
  const { [directive]: command, [retainKeys]: retained, ...changes } = patch;
  if (command === 'replace') return withoutDirectives(changes, type);
  if (command === 'delete') return {};
  if (command !== undefined && command !== 'merge') throw unknownDirective(command);
  const merged = new Map(Object.entries(original));
  if (Array.isArray(retained)) {
    for (const key of merged.keys()) if (!retained.includes(key)) merged.delete(key);
  }
  for (const [key, value] of Object.entries(changes)) applyField(merged, key, value, type);
  for (const [key, order] of Object.entries(changes)) sortElements(merged, key, order, type);
  return Object.fromEntries(merged);
}

function applyField(merged: Map<string, unknown>, key: string, value: unknown, type: MergeType): void {
  if (elementOrder.test(key)) return;
  const [, list] = deleteList.exec(key) ?? [];
  if (list !== undefined) merged.set(list, without(merged.get(list), value));
  else if (value === null) merged.delete(key);
  else merged.set(key, mergeField(merged.get(key), value, type[key]));
}

function mergeField(
  original: unknown,
  value: unknown,
  { key, replaced, type = {} }: FieldMerge = {},
): unknown {
  if (isFields(value)) {
    return mergeMap(isFields(original) && replaced === undefined ? original : {}, value, type);
  }
  if (!Array.isArray(value) || key === undefined) return value;
  return mergeList(Array.isArray(original) ? original : [], value, key, type);
}

function mergeList(
  original: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  type: MergeType,
): readonly unknown[] {
  if (key === '') return inPatchOrder([...new Set([...original, ...patch])], patch, original, String);
  const items = patch.map((item) => itemOf(item, key));
  const given = items.filter((item) => item[directive] === undefined);
  if (items.some((item) => item[directive] === 'replace')) {
    return given.map((item) => withoutDirectives(item, type));
  }
  const deleted = items.filter((item) => item[directive] === 'delete');
  const [other] = items.filter((item) => ![undefined, 'delete'].includes(item[directive] as string));
  if (other !== undefined) throw unknownDirective(other[directive]);
  const isSame = (a: unknown, b: Fields): boolean => isFields(a) && identifies(b, a, key);
  const kept = original.filter((item) => !deleted.some((each) => isSame(item, each)));
  const merged = [...kept];
  for (const item of given) {
    const index = merged.findIndex((each) => isSame(each, item));
    if (index < 0) merged.push(withoutDirectives(item, type));
    else merged[index] = mergeMap(merged[index] as Fields, item, type);
  }
  return inPatchOrder(merged, given, kept, (item) => identity(item as Fields, key));
}

/** The items of a patch in its order, and between them the other items as far as their order is known. */
function inPatchOrder(
  merged: readonly unknown[],
  patch: readonly unknown[],
  original: readonly unknown[],
  identityOf: (item: unknown) => string,
): readonly unknown[] {
  const [ofPatch, ofOriginal] = [patch.map(identityOf), original.map(identityOf)];
  const patched = merged
    .filter((item) => ofPatch.includes(identityOf(item)))
    .sort((a, b) => ofPatch.indexOf(identityOf(a)) - ofPatch.indexOf(identityOf(b)));
  const others = merged.filter((item) => !ofPatch.includes(identityOf(item)));
  const sorted: unknown[] = [];
  while (patched.length > 0 && others.length > 0) {
    const place = ofOriginal.indexOf(identityOf(patched[0]));
    const isBefore = place >= 0 && ofOriginal.indexOf(identityOf(others[0])) < place;
    sorted.push(isBefore ? others.shift() : patched.shift());
  }
  return [...sorted, ...patched, ...others];
}

function sortElements(merged: Map<string, unknown>, key: string, order: unknown, type: MergeType): void {
  const [, name = ''] = elementOrder.exec(key) ?? [];
  const [list, mergeKey] = [merged.get(name), type[name]?.key];
  if (!Array.isArray(list) || !Array.isArray(order) || mergeKey === undefined) return;
  const identityOf = (item: unknown) => (isFields(item) ? String(item[mergeKey]) : String(item));
  merged.set(name, inPatchOrder(list, order, list, identityOf));
}

/** Ports differ in their protocol, too. A patch that names none is for the port of any protocol. */
function identifies(patch: Fields, item: Fields, key: string): boolean {
  if (String(patch[key]) !== String(item[key])) return false;
  return !isPort(key) || patch.protocol === undefined || protocolOf(patch) === protocolOf(item);
}

function identity(item: Fields, key: string): string {
  return isPort(key) ? `${item[key]} ${protocolOf(item)}` : String(item[key]);
}

function isPort(key: string): boolean {
  return key === 'port' || key === 'containerPort';
}

function protocolOf({ protocol = 'TCP' }: Fields): unknown {
  return protocol;
}

function itemOf(item: unknown, key: string): Fields {
  if (!isFields(item)) throw new RangeError(`An item of the list is not a map with the key ${key}.`);
  if (item[directive] !== 'replace' && item[key] === undefined) {
    throw new RangeError(`An item of the list has no ${key}, by which Kubernetes merges it.`);
  }
  return item;
}

/** What a patch adds where the object has nothing. */
function withoutDirectives(patch: Fields, type: MergeType): Fields {
  return mergeMap({}, { ...patch, [directive]: undefined }, type);
}

function without(list: unknown, removed: unknown): unknown {
  return Array.isArray(list) && Array.isArray(removed)
    ? list.filter((each) => !removed.includes(each))
    : list;
}

function unknownDirective(command: unknown): RangeError {
  return new RangeError(
    `$patch is ${JSON.stringify(command)}, which is not a directive of a strategic merge patch.`,
  );
}
