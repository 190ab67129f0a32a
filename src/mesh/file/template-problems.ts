import { isMap, isScalar, type Node, visit } from 'yaml';
import type { Problem } from '../../problems/problem';
import type { MeshDocument } from './mesh-document';

/** What is left of a template, such as `{{ network }}`, which is a map within a map to YAML. */
export function templateProblems(source: MeshDocument): Problem[] {
  const problems: Problem[] = [];
  // Visiting all of a long definition takes time.
  if (!/\{[{%]/.test(source.text)) return problems;
  visit(source.document, {
    Node(_key, node) {
      const start = (node as Node).range?.[0] ?? 0;
      if (!isTemplate(node, source.text, start)) return undefined;
      problems.push(templateProblem(source, start));
      return visit.SKIP;
    },
  });
  return problems;
}

function isTemplate(node: unknown, text: string, start: number): boolean {
  if (isMap(node)) return /^\{[{%]/.test(text.slice(start, start + 2));
  return isScalar(node) && node.type === 'PLAIN' && /\{[{%]/.test(node.source ?? '');
}

function templateProblem(source: MeshDocument, start: number): Problem {
  const [line = ''] = source.text.slice(start).split('\n', 1);
  return source.problem(
    start,
    `${line.trim()} is part of a template that was not filled in.`,
    'Write the value, or fill in the template first. Put it in quotes if it is meant to stay.',
  );
}
