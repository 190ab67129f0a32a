import type { MeshDocument } from '../../mesh/file/mesh-document';
import type { Problem } from '../../problems/problem';

const valuesOfRelease =
  'Name a file with the values that run: helm get values RELEASE --namespace istio-system --output yaml > istiod.yaml';

/** Texts of other languages than YAML in which people keep settings of Istio, with what to do instead. */
const languages: readonly (readonly [line: RegExp, language: string, hint: string])[] = [
  [
    /^\s*(resource|module|variable|locals|provider|data|terraform)\b[^:]*\{\s*$/m,
    'Terraform',
    valuesOfRelease,
  ],
  [/^#!.*sh\b|^\s*cat\s+<</m, 'a shell script', 'Write the configuration in it into a file of its own.'],
  [/^```/m, 'Markdown', 'Write the configuration in it into a file of its own.'],
  [/^\s*%\{|[:\s]\$\{|[:\s]\{[{%]/m, 'a template', 'Fill in the template first, and name the result.'],
];

/** Why a text that is not YAML cannot be read, if it is a known language. */
export function foreignTextProblem(source: MeshDocument): Problem | undefined {
  for (const [line, language, hint] of languages) {
    const match = line.exec(source.text);
    if (match === null) continue;
    const offset = match.index + match[0].length - match[0].trimStart().length;
    return source.problem(offset, `The file is ${language}, not YAML.`, hint, 'INIT-CONTENT');
  }
  return undefined;
}
