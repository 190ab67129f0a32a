import type { Scalar } from 'yaml';
import { isReadDifferently } from '../../kubernetes/yaml-scalars';
import { codePoint } from '../../problems/printable';
import type { Problem } from '../../problems/problem';
import type { MeshDocument } from './mesh-document';

/** Why a key or a value is unclear, or cannot be in a Kubernetes object. */
export function scalarProblems(source: MeshDocument, scalar: Scalar, isKey: boolean): Problem[] {
  const problem = scalar.type === 'PLAIN' ? plainProblem(scalar, isKey) : textProblem(scalar.value);
  if (problem === undefined) return [];
  const [message, hint, code] = problem;
  return [source.problem(scalar.range?.[0] ?? 0, message, hint, code)];
}

type Explanation = readonly [message: string, hint: string, code: Problem['code']];

function plainProblem({ tag, source = '', value }: Scalar, isKey: boolean): Explanation | undefined {
  if (tag !== undefined) return undefined;
  if (typeof value === 'number' && !Number.isFinite(value)) return notFinite(source);
  if (isReadDifferently(source)) return unclear(source, isKey);
  if (typeof value !== 'number') return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return tooLarge(source);
  return isKey && String(value) !== source ? numberAsKey(source, value) : undefined;
}

const booleans: Readonly<Record<string, boolean>> = {
  y: true,
  yes: true,
  on: true,
  n: false,
  no: false,
  off: false,
};

function unclear(source: string, isKey: boolean): Explanation {
  const boolean = isKey ? undefined : booleans[source.toLowerCase()];
  const alternative = boolean === undefined ? '' : `, or write ${boolean}`;
  return [
    `${source} has another value in YAML 1.1, which istioctl and kubectl read, than in YAML 1.2.`,
    `Put it in quotes: "${source}"${alternative}.`,
    'MESH-AMBIGUOUS',
  ];
}

function numberAsKey(source: string, value: number): Explanation {
  const message = `The key ${source} is a number, which is read as ${value}.`;
  return [message, `Put it in quotes: "${source}".`, 'MESH-AMBIGUOUS'];
}

function notFinite(source: string): Explanation {
  const message = `${source} is a number that no Kubernetes object can have.`;
  return [message, `Put it in quotes: "${source}".`, 'MESH-VALUE'];
}

function tooLarge(source: string): Explanation {
  return [
    `${source} has more digits than a number can keep.`,
    `Put it in quotes: "${source}".`,
    'MESH-VALUE',
  ];
}

/** Escapes in double quotes can write what no Kubernetes object can contain. */
function textProblem(value: unknown): Explanation | undefined {
  const [character] = typeof value === 'string' ? (/[\0\p{Surrogate}]/u.exec(value) ?? []) : [];
  if (character === undefined) return undefined;
  return [
    `The text has the character ${codePoint(character)}, which no Kubernetes object can contain.`,
    'Remove the character.',
    'MESH-VALUE',
  ];
}
