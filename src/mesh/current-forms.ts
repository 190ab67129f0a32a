import { type DefinitionPath, formatPath, valueAt } from '../problems/problem';
import { currentComponents } from './components/current-components';
import type { MovedSetting } from './components/current-settings';
import { type HelmValue, type HelmValues, isMap, istioHolders } from './helm-values';
import type { DefinitionNote } from './notes';
import { withoutFlatValues } from './values/flat-values';

/** A map of settings in its current form. */
export interface Change {
  readonly content: HelmValues;
  /** What has another place in the current form. */
  readonly moved: readonly MovedSetting[];
  /** What the author may want to know; each continues a sentence that starts with the name of the setting. */
  readonly notes: readonly DefinitionNote[];
}

/** The changes by the key of a control plane; each is undefined if there is nothing to change. */
const changes: Readonly<Record<string, (content: HelmValues) => Change | undefined>> = {
  values: withoutFlatValues,
  components: currentComponents,
};

/** A definition whose settings have the places and forms of the schema. */
interface CurrentForms {
  readonly definition: unknown;
  readonly notes: readonly DefinitionNote[];
  /** Translates a path in this definition to the path in the original one. */
  readonly originalPath: (path: DefinitionPath) => DefinitionPath;
}

/** Gives settings that people paste from other places the place and the form that the schema has. */
export function withCurrentForms(input: unknown): CurrentForms {
  const found = istioHolders(input).flatMap((holder) =>
    Object.entries(changes).flatMap(([key, change]) => {
      const path = [...holder, key];
      const content = valueAt(input, path);
      const changed = isMap(content) ? change(content) : undefined;
      return changed === undefined ? [] : [{ path, ...changed }];
    }),
  );
  const moved = found.flatMap(({ path, moved: own }) =>
    own.map(({ from, to }) => ({ from: [...path, ...from], to: [...path, ...to] })),
  );
  return {
    definition: found.reduce((whole, { path, content }) => replacedAt(whole, path, content), input),
    notes: found.flatMap(({ path, notes }) =>
      notes.map((note) => {
        const at = [...path, ...note.path];
        return { path: at, message: `${formatPath(at)} ${note.message}` };
      }),
    ),
    originalPath: (path) => originalPath(input, moved, path),
  };
}

/** A setting that is in both places keeps its own path. */
function originalPath(input: unknown, moved: readonly MovedSetting[], path: DefinitionPath): DefinitionPath {
  if (valueAt(input, path) !== undefined) return path;
  const move = [...moved].reverse().find(({ to }) => to.every((key, index) => key === path[index]));
  if (move === undefined) return path;
  const { from, to } = move;
  const inner = path.slice(to.length);
  // What is within a setting of another form is the setting itself.
  return [...from, ...(isMap(valueAt(input, from)) ? inner : [])];
}

function replacedAt(whole: unknown, [key, ...rest]: DefinitionPath, value: HelmValue): unknown {
  if (key === undefined) return value;
  const holder = whole as Readonly<Record<string | number, unknown>>;
  const inner = replacedAt(holder[key], rest, value);
  if (Array.isArray(whole)) return whole.map((item, index) => (index === key ? inner : item));
  return { ...holder, [key]: inner };
}
