import { readFileSync } from 'node:fs';
import { isScalar } from 'yaml';
import { readUtf8 } from '../../files/read-file';
import { systemErrorReason } from '../../files/system-error';
import { documentProblems } from '../../mesh/file/document-problems';
import { MeshDocument } from '../../mesh/file/mesh-document';
import { withIndentedTexts } from '../../mesh/file/quoted-text';
import { controlCharacterProblem, syntaxProblem } from '../../mesh/file/syntax-problem';
import { templateProblems } from '../../mesh/file/template-problems';
import { MeshError, type Problem } from '../../problems/problem';
import { foreignTextProblem } from './foreign-text';
import { removeRepeatedKeys } from './repeated-keys';
import { fillInVariables } from './variables';

/** An argument of `--from`: a file, or `-` for standard input, and the cluster that it is said to belong to. */
export interface InputFile {
  readonly file: string;
  /**
   * @default - the cluster that the content names
   */
  readonly cluster?: string;
}

/** One YAML document of an input. */
export interface InputDocument extends InputFile {
  readonly source: MeshDocument;
  readonly content: unknown;
  /** What is read in another way than its author may expect, as sentences for comments. */
  readonly notes: readonly string[];
}

/** The name of standard input, as an argument and in messages. */
const standardInput = { argument: '-', shown: 'standard input' } as const;

/** Reads an argument such as `cluster1=cluster1.yaml`. What has no name of a cluster before it is a file. */
export function inputFile(argument: string): InputFile {
  const [, cluster, file] = /^([a-z0-9][-a-z0-9]*)=(.+)$/.exec(argument) ?? [];
  return cluster === undefined || file === undefined ? { file: argument } : { file, cluster };
}

/**
 * Reads the YAML documents of files.
 *
 * @throws MeshError with the problems of all files that cannot be read, or are not YAML
 */
export function readDocuments(inputs: readonly InputFile[]): InputDocument[] {
  const problems: Problem[] = [];
  const documents = inputs.flatMap((input) => {
    try {
      return parseDocuments(readInput(input.file), input);
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  MeshError.throwIfAny(problems);
  return documents;
}

function readInput(file: string): string {
  try {
    return file === standardInput.argument ? readFileSync(0, 'utf8') : readUtf8(file, 'definition');
  } catch (error) {
    const message = `The file cannot be read: ${systemErrorReason(error)}.`;
    const hint =
      'Name a file with an IstioOperator, or with values of a Helm chart of Istio, or - for standard input.';
    throw new MeshError([{ code: 'INIT-FILE', location: { file }, message, hint }]);
  }
}

/**
 * The YAML documents of a text.
 *
 * @throws MeshError with one problem for each document that is not YAML
 */
export function parseDocuments(text: string, input: InputFile): InputDocument[] {
  const file = input.file === standardInput.argument ? standardInput.shown : input.file;
  const documents = documentTexts(text.replace(/^\ufeff/, '')).map((each) => readDocument(each, file));
  const notes = new Map(documents.map((source) => [source, removeRepeatedKeys(source)]));
  MeshError.throwIfAny(documents.flatMap(problemsOf));
  return documents.flatMap((source) => {
    const content: unknown = source.document.toJS({ maxAliasCount: -1 });
    if (content === null || content === undefined) return [];
    return [{ ...input, file, source, content, notes: notes.get(source) ?? [] }];
  });
}

/** A document that Go's parsers can read. */
function readDocument(text: string, file: string): MeshDocument {
  const source = new MeshDocument(text, file);
  if (source.document.errors.length === 0) return source;
  const indented = new MeshDocument(withIndentedTexts(text), file);
  return indented.document.errors.length === 0 ? indented : source;
}

/** The texts of documents, each with as many empty lines before it that its parts keep their line numbers. */
function documentTexts(text: string): string[] {
  const documents: string[][] = [[]];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^---(?:\s*(?:#.*)?)$/.test(line)) documents.push(Array.from({ length: index + 1 }, () => ''));
    else documents.at(-1)?.push(line);
  }
  return documents.map((lines) => lines.join('\n'));
}

function problemsOf(source: MeshDocument): readonly Problem[] {
  const [template] = templateProblems(source);
  if (template !== undefined) return [template];
  const broken = controlCharacterProblem(source) ?? syntaxProblem(source);
  if (broken !== undefined) return [foreignTextProblem(source) ?? broken];
  // To YAML, text of another language can be one long scalar.
  const foreign = isScalar(source.document.contents) ? foreignTextProblem(source) : undefined;
  if (foreign !== undefined) return [foreign];
  fillInVariables(source);
  return documentProblems(source).structure;
}
