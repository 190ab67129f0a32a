import { parseDocument } from 'yaml';
import type { Location } from '../../problems/problem';
import { isMap } from '../helm-values';
import { parseOptions } from '../schema-types';
import type { JsonPatchOperation, PatchDefinition, PatchTargetDefinition } from './definition';
import { operationsSchema } from './schema';

/** A patch of a valid definition. */
export interface Patch {
  readonly target: PatchTargetDefinition;
  /** The fields of a strategic merge patch, or the operations of a JSON patch. */
  readonly change: Readonly<Record<string, unknown>> | readonly JsonPatchOperation[];
  /** Where the definition has it. */
  readonly location: Location;
}

/** What is wrong with a patch by itself. */
interface PatchProblem {
  readonly message: string;
  readonly hint: string;
}

/** A patch as data, with the object that it changes if it names one itself. */
export function readPatch(definition: PatchDefinition): Omit<Patch, 'location'> | PatchProblem {
  const change = typeof definition.patch === 'string' ? dataIn(definition.patch) : definition.patch;
  if (Array.isArray(change)) return readOperations(change, definition.target);
  if (!isMap(change))
    return { message: 'The text of the patch is neither a map nor a list in YAML.', hint: formHint };
  const target = definition.target ?? namedBy(change);
  return target === undefined ? withoutTarget : { target, change };
}

const formHint = 'Write a strategic merge patch as a map, or a JSON patch as a list of operations.';

const withoutTarget: PatchProblem = {
  message: 'The patch does not say which objects it changes.',
  hint: 'Add target: { kind: Deployment, name: istiod }, for example.',
};

function readOperations(
  operations: readonly unknown[],
  target: PatchTargetDefinition | undefined,
): Omit<Patch, 'location'> | PatchProblem {
  const { data, error } = operationsSchema.safeParse(operations, parseOptions);
  if (data === undefined) {
    const [issue] = error.issues;
    const place = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    return { message: `The JSON patch is not valid${place}.`, hint: operationHint };
  }
  const incomplete = data.find(({ op, from, value }) =>
    op === 'move' || op === 'copy' ? from === undefined : op !== 'remove' && value === undefined,
  );
  if (incomplete !== undefined) {
    const field = ['move', 'copy'].includes(incomplete.op) ? 'from' : 'value';
    return {
      message: `The operation ${incomplete.op} of ${incomplete.path} has no ${field}.`,
      hint: `Add ${field}.`,
    };
  }
  const fixed = data
    .filter(({ op }) => op !== 'test')
    .flatMap(({ op, path, from = path }) => (op === 'move' ? [path, from] : [path]))
    .find((path) => /^\/(apiVersion|kind|metadata(\/(name|namespace))?)$/.test(path));
  if (fixed !== undefined) {
    return {
      message: `The patch changes ${fixed}, by which an object is known.`,
      hint: 'Remove this operation.',
    };
  }
  return target === undefined ? withoutTarget : { target, change: data };
}

const operationHint = 'Write operations such as - { op: replace, path: /spec/replicas, value: 2 }.';

/** Of several documents, only one could be meant. */
function dataIn(text: string): unknown {
  const document = parseDocument(text, { version: '1.1' });
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** The object that a strategic merge patch names, as kustomize finds it. */
function namedBy({
  apiVersion,
  kind,
  metadata,
}: Readonly<Record<string, unknown>>): PatchTargetDefinition | undefined {
  const { name, namespace } = isMap(metadata) ? metadata : {};
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  const [group, version] = typeof apiVersion === 'string' ? apiVersion.split('/') : [];
  return {
    kind: literal(kind),
    name: literal(name),
    ...(typeof namespace === 'string' ? { namespace: literal(namespace) } : {}),
    ...(version === undefined ? {} : { group: literal(group ?? '') }),
  };
}

/** A regular expression for a text itself. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
