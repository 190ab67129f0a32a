/** An operation of a JSON patch. */
export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/**
 * Applies a JSON patch, as the API server does: a negative index counts from the end of a list, and `replace` adds a key that
 * a map does not have. The argument is not changed.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc6902
 * @throws RangeError if an operation cannot be applied; its message is a full sentence
 */
export function jsonPatch<Value>(value: Value, operations: readonly JsonPatchOperation[]): Value {
  return operations.reduce<unknown>(applied, value) as Value;
}

function applied(root: unknown, { op, path, from = '', value }: JsonPatchOperation): unknown {
  switch (op) {
    case 'add':
      return changed(root, path, added(value));
    case 'remove':
      return changed(root, path, removed);
    case 'replace':
      return changed(root, path, replacedBy(value));
    case 'move':
      return changed(changed(root, from, removed), path, added(found(root, from)));
    case 'copy':
      return changed(root, path, added(found(root, from)));
    default:
      if (isEqual(found(root, path), value)) return root;
      throw new RangeError(`${path} is not ${JSON.stringify(value)}, which the patch tests.`);
  }
}

/** Changes the map or list that holds the last key of a path. */
type Change = (holder: object, key: string, path: string) => unknown;

function changed(root: unknown, path: string, change: Change): unknown {
  const keys = keysOf(path);
  const [last] = keys.slice(-1);
  if (last === undefined) throw new RangeError('The patch changes the whole object.');
  const within = (node: unknown, index: number): unknown => {
    if (!isHolder(node)) throw missing(path);
    const key = keys[index] ?? '';
    if (index === keys.length - 1) return change(node, key, path);
    const position = Array.isArray(node) ? indexIn(node, key, path) : key;
    return withItem(node, position, within((node as Fields)[position], index + 1));
  };
  return within(root, 0);
}

type Fields = Readonly<Record<string | number, unknown>>;

function added(value: unknown): Change {
  return (holder, key, path) => {
    if (!Array.isArray(holder)) return { ...holder, [key]: value };
    const index = key === '-' ? holder.length : position(key, holder.length + 1, path);
    return [...holder.slice(0, index), value, ...holder.slice(index)];
  };
}

function replacedBy(value: unknown): Change {
  return (holder, key, path) => {
    return withItem(holder, Array.isArray(holder) ? indexIn(holder, key, path) : key, value);
  };
}

function removed(holder: object, key: string, path: string): unknown {
  if (Array.isArray(holder)) {
    const index = indexIn(holder, key, path);
    return holder.filter((_, each) => each !== index);
  }
  if (!has(holder, key)) throw missing(path);
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}

function withItem(holder: object, key: string | number, value: unknown): unknown {
  if (!Array.isArray(holder)) return { ...holder, [key]: value };
  return holder.map((item, index) => (index === key ? value : item));
}

function found(root: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[indexIn(node, key, path)];
    if (!isHolder(node) || !has(node, key)) throw missing(path);
    return (node as Fields)[key];
  }, root);
}

/** The keys of a JSON pointer. */
function keysOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function indexIn(list: readonly unknown[], key: string, path: string): number {
  return position(key, list.length, path);
}

function position(key: string, length: number, path: string): number {
  const index = /^-?\d+$/.test(key) ? Number(key) : Number.NaN;
  const fromStart = index < 0 ? index + length : index;
  if (!(fromStart >= 0 && fromStart < length)) throw missing(path);
  return fromStart;
}

function has(map: object, key: string): boolean {
  return Object.hasOwn(map, key) && (map as Fields)[key] !== undefined;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function missing(path: string): RangeError {
  return new RangeError(`${path} does not exist in the object.`);
}

/** Whether two values are the same data; the order of keys makes no difference. */
function isEqual(a: unknown, b: unknown): boolean {
  if (!isHolder(a) || !isHolder(b)) return a === b || (a === undefined && b === null);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length && keys.every((key) => isEqual((a as Fields)[key], (b as Fields)[key]))
  );
}
