import { readUtf8 } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import { MeshError, type Problem } from '../problems/problem';
import { byPosition, validateDefinition } from './define-mesh';
import { documentProblems } from './file/document-problems';
import { MeshDocument } from './file/mesh-document';
import { rootProblem } from './file/root-problem';
import { controlCharacterProblem, syntaxProblem } from './file/syntax-problem';
import { templateProblems } from './file/template-problems';
import type { Mesh } from './mesh';

/**
 * Reads a mesh definition from a file such as mesh.yaml.
 *
 * @param file the path of the file, as it appears in errors
 * @throws MeshError with all problems, each with its line and column
 */
export function loadMesh(file = 'mesh.yaml'): Mesh {
  return parseMesh(readDefinition(file), file);
}

/**
 * Reads a mesh definition from the text of a file such as mesh.yaml.
 *
 * @param file the path of the file, as it appears in errors
 * @throws MeshError with all problems, each with its line and column
 */
export function parseMesh(text: string, file = 'mesh.yaml'): Mesh {
  if (typeof text !== 'string') throw unreadable(file, 'The text of the mesh definition is not a string.');
  const source = new MeshDocument(text.replace(/^\ufeff/, ''), file);
  MeshError.throwIfAny(textProblems(source));
  const { structure, scalars } = documentProblems(source);
  if (structure.length > 0) throw new MeshError([...structure, ...scalars].sort(byPosition));
  return withProblems(scalars, () => validateDefinition(source.document.toJS({ maxAliasCount: -1 }), source));
}

/** Problems of a text that is not YAML, or not a definition. One cause is one problem. */
function textProblems(source: MeshDocument): readonly Problem[] {
  const character = controlCharacterProblem(source);
  if (character !== undefined) return [character];
  const templates = templateProblems(source);
  const syntax = syntaxProblem(source);
  if (templates.length > 0) return syntax === undefined ? templates : templates.slice(0, 1);
  const problem = syntax ?? rootProblem(source);
  return problem === undefined ? [] : [problem];
}

/** Validates a definition, and adds its problems to others, unless they are at the same position. */
function withProblems(others: readonly Problem[], validate: () => Mesh): Mesh {
  const positionOf = ({ location }: Problem): string => `${location.line}:${location.column}`;
  const known = new Set(others.map(positionOf));
  try {
    const mesh = validate();
    MeshError.throwIfAny(others);
    return mesh;
  } catch (error) {
    if (!(error instanceof MeshError) || others.length === 0) throw error;
    const further = error.problems.filter((problem) => !known.has(positionOf(problem)));
    throw new MeshError([...others, ...further].sort(byPosition));
  }
}

/**
 * Reads the text of a mesh definition.
 *
 * @throws MeshError if the file cannot be read
 */
export function readDefinition(file: string): string {
  // A program in JavaScript could pass a file descriptor, which would be read.
  if (typeof file !== 'string') throw unreadable(String(file), 'The path of the file is not a string.');
  try {
    return readUtf8(file, 'definition');
  } catch (error) {
    throw unreadable(file, `The file cannot be read: ${systemErrorReason(error)}.`);
  }
}

function unreadable(file: string, message: string): MeshError {
  const hint = 'Check the path, or create a mesh definition with istio-mesh init.';
  return new MeshError([{ code: 'MESH-FILE', location: { file }, message, hint }]);
}
