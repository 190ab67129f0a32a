import { parse, visit } from 'yaml';
import type { MeshDocument } from '../../mesh/file/mesh-document';
import { type DefinitionPath, formatPath, type Problem } from '../../problems/problem';
import type { Part } from './part';

/** A variable that envsubst, Flux or Terraform fills in, such as `${NAME}`, or `${NAME:=default}` with a default. */
const variable = /\$\{[A-Za-z_]\w*(?::?[-=]([^}]*))?\}/g;
/** An expression of a template that is a whole text. */
const expression = /^\{\{[^{}]*\}\}$/;

/** Fills in the variables of other programs that have a default, as these programs do. */
export function fillInVariables(source: MeshDocument): void {
  if (!source.text.includes('${')) return;
  visit(source.document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string' || isScript(node.value)) return;
      const text = node.value.replace(variable, (whole, byDefault?: string) => byDefault ?? whole);
      if (text !== node.value) node.value = node.type === 'PLAIN' ? parse(text) : text;
    },
  });
}

/** The problems of settings that other programs fill in; one for each file. */
export function variableProblems(parts: readonly Part[]): Problem[] {
  const missing = parts.flatMap((part) => missingIn(part.content).map((found) => ({ ...found, part })));
  const files = [...new Set(missing.map(({ part }) => part.file))];
  return files.flatMap((file) => {
    const ofFile = missing.filter(({ part }) => part.file === file);
    const names = [...new Set(ofFile.map(({ name }) => name))];
    return ofFile.slice(0, 1).map(({ part, path }) => ({
      code: 'INIT-CONTENT',
      location: part.locate(path),
      message: `${formatPath(path)} has a variable that another program fills in. Those of the file are ${names.join(', ')}.`,
      hint: 'Fill in the file first, for example with envsubst, and name the result.',
    }));
  });
}

interface Missing {
  readonly path: DefinitionPath;
  readonly name: string;
}

function missingIn(value: unknown, path: DefinitionPath = []): Missing[] {
  if (typeof value === 'string') {
    if (expression.test(value)) return [{ path, name: value }];
    return isScript(value) ? [] : [...value.matchAll(variable)].map(([name]) => ({ path, name }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    missingIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A text with spaces can be a script, whose variables stay. */
function isScript(text: string): boolean {
  return /\s/.test(text) && !expression.test(text);
}
