import type { Construct } from 'constructs';
import { z } from 'zod';
import type { Mesh } from '../mesh/mesh';
import { plainData } from '../mesh/plain-data';
import { schemaProblems } from '../mesh/schema-problems';
import { parseOptions } from '../mesh/schema-types';
import { type DefinitionProblem, formatPath, MeshError, type Problem, valueAt } from '../problems/problem';

/**
 * Settings that follow from a validated mesh. A construct that gets them in place of props neither
 * validates them nor fills in defaults.
 */
export class Validated<Settings> {
  constructor(readonly settings: Settings) {}
}

/**
 * The settings of a construct: those that follow from a validated mesh, or its props.
 *
 * @throws MeshError with every problem of the props, at the path of the construct
 */
export function settingsOf<Props>(
  construct: Construct,
  props: Props | Validated<Props> | undefined,
  schema: () => z.ZodType<Props>,
): Props {
  return props instanceof Validated ? props.settings : validateProps(construct, props, schema());
}

/**
 * Validates the props of a construct, as JavaScript may pass anything.
 *
 * @returns the props without keys that are undefined
 * @throws MeshError with every problem, at the path of the construct
 */
export function validateProps<Props>(construct: Construct, props: unknown, schema: z.ZodType<Props>): Props {
  const { path } = construct.node;
  const input = { [path]: plainData(props === undefined ? {} : props) };
  const wrapped = z.object({ [path]: schema });
  const parsed = wrapped.safeParse(input, parseOptions);
  if (parsed.success) return input[path] as Props;
  const problems = schemaProblems(parsed.error.issues, input, wrapped);
  throw new MeshError(problems.map((problem) => atPath(problem, problem.path)));
}

/**
 * Validates that props have a mesh. Types ensure this in TypeScript; in JavaScript, a definition is easily
 * passed in its place.
 *
 * @throws MeshError if there is no mesh, or if it is not validated
 */
export function validateMesh(path: string, props: unknown): Mesh {
  const mesh = valueAt(props, ['mesh']);
  if (isMesh(mesh)) return mesh;
  const code = mesh === undefined ? 'MESH-MISSING-KEY' : 'MESH-TYPE';
  throw new MeshError([
    {
      code,
      location: { path },
      message:
        mesh === undefined ? 'The props have no mesh.' : 'The mesh in the props is not a validated mesh.',
      hint: 'Pass the mesh that loadMesh or defineMesh returns.',
    },
  ]);
}

/** The clusters of a mesh share it, so that each mesh is checked once. */
const validMeshes = new WeakSet<object>();

/** A validated mesh has its defaults, which a definition need not have. */
function isMesh(mesh: unknown): mesh is Mesh {
  if (!isObject(mesh)) return false;
  if (validMeshes.has(mesh)) return true;
  const clusters = valueAt(mesh, ['clusters']);
  const isValid =
    hasObjects(mesh, ['istio', 'certificates', 'secrets', 'verification']) &&
    Array.isArray(clusters) &&
    clusters.every((cluster) => hasObjects(cluster, ['istio', 'secrets', 'peers']));
  if (isValid) validMeshes.add(mesh);
  return isValid;
}

function hasObjects(value: unknown, keys: readonly string[]): boolean {
  return keys.every((key) => isObject(valueAt(value, [key])));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Throws the problems that rules found in the props of a construct, at the path of the construct. */
export function throwIfAny(construct: Construct, problems: readonly DefinitionProblem[]): void {
  MeshError.throwIfAny(problems.map((problem) => atPath(problem, [construct.node.path, ...problem.path])));
}

function atPath({ code, message, hint }: DefinitionProblem, path: DefinitionProblem['path']): Problem {
  return { code, location: { path: formatPath(path) }, message, hint };
}
