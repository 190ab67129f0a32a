import { jsonPatch } from '../../kubernetes/json-patch';
import { identityOf, type PlainObject } from '../../kubernetes/manifest';
import { storedObject } from '../../kubernetes/stored-object';
import { mergePatch } from '../../kubernetes/strategic-merge';
import type { Patch } from '../../mesh/patches/patch';
import { MeshError } from '../../problems/problem';

/**
 * An object with a patch applied; undefined if the patch deletes it. As in kustomize, a merge does not change the kind,
 * the name or the namespace.
 *
 * @throws MeshError at the location of the patch, if it cannot be applied
 */
export function applyPatch(object: PlainObject, { change, location }: Patch): PlainObject | undefined {
  try {
    if (!isOperations(change)) return merged(object, change);
    return storedObject(jsonPatch(object, change));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `The patch cannot be applied to ${identityOf(object)}: ${error.message}`;
    const hint = 'Compare the patch with the object in the output without the patch.';
    throw new MeshError([{ code: 'MESH-PATCH', location, message, hint }]);
  }
}

function merged(object: PlainObject, change: Readonly<Record<string, unknown>>): PlainObject | undefined {
  if (change.$patch === 'delete') return undefined;
  const { apiVersion, kind, metadata } = object;
  const patched = mergePatch(object, change) as PlainObject;
  const { name, namespace } = metadata;
  const known = { name, ...(namespace === undefined ? {} : { namespace }) };
  return storedObject({ ...patched, apiVersion, kind, metadata: { ...patched.metadata, ...known } });
}

type Operations = Extract<Patch['change'], readonly unknown[]>;

function isOperations(change: Patch['change']): change is Operations {
  return Array.isArray(change);
}
