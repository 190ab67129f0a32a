import { type DefinitionPath, type DefinitionProblem, formatPath } from '../problems/problem';

/** The keys of a map that were renamed, and the maps within it that have renamed keys. */
interface RenamedKeys {
  readonly renamed?: Readonly<Record<string, string>>;
  readonly within?: Readonly<Record<string, RenamedKeys>>;
}

const clusterKeys = {
  within: {
    secrets: { renamed: { form: 'backend' } },
    istio: { renamed: { alongside: 'canary' } },
  },
};

const meshKeys: RenamedKeys = {
  renamed: { delivery: 'gitops' },
  within: { ...clusterKeys.within, gitops: { renamed: { engine: 'tool' } }, clusters: clusterKeys },
};

/** A definition in which the old keys have their new names. */
export interface CurrentDefinition {
  readonly definition: unknown;
  /** One problem for each old key, at its path in the original definition. */
  readonly problems: readonly DefinitionProblem[];
  /** Translates a path in this definition to the path in the original one. */
  readonly originalPath: (path: DefinitionPath) => DefinitionPath;
}

/**
 * Gives the old keys of a definition their new names. The definition can then be validated as a whole, and an
 * old key causes no other problem than its own.
 */
export function withCurrentKeys(input: unknown): CurrentDefinition {
  const renames: Rename[] = [];
  const definition = currentPart(input, meshKeys, { oldPath: [], newPath: [] }, renames);
  return {
    definition,
    problems: renames.map(renameProblem),
    originalPath: (path) => {
      const rename = renames.filter(({ newPath }) => startsWith(path, newPath)).at(-1);
      return rename === undefined ? path : [...rename.oldPath, ...path.slice(rename.newPath.length)];
    },
  };
}

interface Rename {
  readonly oldPath: DefinitionPath;
  readonly newPath: DefinitionPath;
}

/** The part of a definition with its new names; adds what it renames to `renames`, outer keys first. */
function currentPart(
  value: unknown,
  keys: RenamedKeys | undefined,
  { oldPath, newPath }: Rename,
  renames: Rename[],
): unknown {
  if (keys === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      currentPart(item, keys, { oldPath: [...oldPath, index], newPath: [...newPath, index] }, renames),
    );
  }
  const entries = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    const newKey = renamedTo(key, keys);
    const paths = { oldPath: [...oldPath, key], newPath: [...newPath, newKey] };
    if (newKey !== key) renames.push(paths);
    if (newKey !== key && Object.hasOwn(value, newKey)) return [];
    return [[newKey, currentPart(part, keys.within?.[newKey], paths, renames)]];
  });
  return Object.fromEntries(entries);
}

function renamedTo(key: string, { renamed = {} }: RenamedKeys): string {
  return Object.hasOwn(renamed, key) ? (renamed[key] ?? key) : key;
}

function renameProblem({ oldPath, newPath }: Rename): DefinitionProblem {
  return {
    code: 'MESH-RENAMED-KEY',
    path: oldPath,
    at: 'key',
    message: `${formatPath(oldPath)} is now called ${formatPath(newPath)}.`,
    hint: `Write ${newPath.at(-1)} instead of ${oldPath.at(-1)}.`,
  };
}

function startsWith(path: DefinitionPath, prefix: DefinitionPath): boolean {
  return prefix.every((key, index) => key === path[index]);
}
