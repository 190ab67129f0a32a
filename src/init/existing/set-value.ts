import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';

/**
 * Sets a value as `--set` of Helm does.
 *
 * @param name the path of the value, such as `service.ports[0].port` or `annotations.example\.com/name`
 */
export function setValue(values: HelmValues, name: string, value: HelmValue): HelmValues {
  return setAt(values, keysOf(name), value) as HelmValues;
}

/** The value that Helm reads in a text after `--set`. */
export function typedText(text: string): HelmValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  const list = /^\{(.*)\}$/s.exec(text)?.[1];
  if (list !== undefined) return list === '' ? [] : list.split(',').map((item) => typedText(item.trim()));
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : unescaped(text);
}

/** The keys and indices of a path. A backslash makes the character after it a part of a key. */
function keysOf(name: string): (string | number)[] {
  return [...name.matchAll(/\[(\d+)\]|((?:\\.|[^.[\\])+)/gs)].map(([, index, key = '']) =>
    index === undefined ? unescaped(key) : Number(index),
  );
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

function setAt(
  holder: HelmValue | undefined,
  [key, ...rest]: readonly (string | number)[],
  value: HelmValue,
): HelmValue {
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const items = Array.isArray(holder) ? [...holder] : [];
    while (items.length < key) items.push(null);
    items[key] = setAt(items[key], rest, value);
    return items;
  }
  const map = isMap(holder) ? holder : {};
  return { ...map, [key]: setAt(map[key], rest, value) };
}
