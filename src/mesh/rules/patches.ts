import { type DefinitionPath, type DefinitionProblem, valueAt } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import type { PatchDefinition } from '../patches/definition';
import { readPatch } from '../patches/patch';
import type { Rule } from './clusters';

/** The patches of a definition, each with its path. */
function patchSources(
  definition: AnyMeshDefinition,
): { readonly path: DefinitionPath; readonly patch: PatchDefinition }[] {
  const holders: DefinitionPath[] = [[], ...definition.clusters.map((_, index) => ['clusters', index])];
  return holders.flatMap((holder) => {
    const patches = valueAt(definition, [...holder, 'patches']) as readonly PatchDefinition[] | undefined;
    return (patches ?? []).map((patch, index) => ({ path: [...holder, 'patches', index], patch }));
  });
}

/** A patch can be read, and says which objects it changes. */
export const readablePatches: Rule = (definition) =>
  patchSources(definition).flatMap(({ path, patch }): DefinitionProblem[] => {
    const read = readPatch(patch);
    return 'message' in read ? [{ code: 'MESH-PATCH', path: [...path, 'patch'], ...read }] : [];
  });
