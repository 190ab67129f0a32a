import { parseDocument, visit, type YAMLParseError } from 'yaml';
import { codePoint } from '../../problems/printable';
import type { Problem } from '../../problems/problem';
import type { MeshDocument } from './mesh-document';
import { withIndentedTexts } from './quoted-text';

/** Where an error is, what it is, and what to do about it. */
type Explanation = readonly [offset: number, message: string, hint: string];

/**
 * The problem behind the errors of the parser; undefined if there are none. After one error, such as a missing
 * quote, the parser reports many errors, so only the first one counts.
 */
export function syntaxProblem(source: MeshDocument): Problem | undefined {
  const [error] = source.document.errors;
  if (error === undefined) return directiveProblem(source);
  const explanation = explanations.reduce<Explanation | undefined>(
    (found, find) => found ?? find(source, error),
    undefined,
  );
  return source.problem(...(explanation ?? unexpected(source, error)));
}

/** Each knows one kind of error. The first that recognizes it decides. */
const explanations: readonly ((source: MeshDocument, error: YAMLParseError) => Explanation | undefined)[] = [
  conflictMarker,
  tooDeep,
  secondDocument,
  unclosedQuote,
  unclosedBracket,
  tab,
  specialCharacter,
  escapeSequence,
  colonInValue,
  missingColon,
  missingComma,
  indentation,
];

/** A character that the standard of YAML excludes, and Go's parsers refuse. */
export function controlCharacterProblem(source: MeshDocument): Problem | undefined {
  const found = /(?![\t\n\r])[\p{Control}\ufffe\uffff]/u.exec(source.text);
  if (found === null) return undefined;
  const message = `The file has the control character ${codePoint(found[0])}.`;
  return source.problem(found.index, message, 'Remove the character.');
}

function directiveProblem(source: MeshDocument): Problem | undefined {
  if (!/^%/.test(source.text)) return undefined;
  return source.problem(
    0,
    'The file starts with a directive of YAML.',
    'Remove the lines that start with %.',
  );
}

function conflictMarker({ text }: MeshDocument): Explanation | undefined {
  const marker = /^<{7}(?: |$)/m.exec(text);
  if (marker === null) return undefined;
  return [
    marker.index,
    'The file has a merge conflict of git.',
    'Resolve the conflict, and remove its markers.',
  ];
}

function tooDeep(_source: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'RESOURCE_EXHAUSTION') return undefined;
  const message = 'The definition has too many levels of maps and lists.';
  return [pos[0], message, 'Remove the levels that are not keys of a mesh definition.'];
}

function secondDocument(_source: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'MULTIPLE_DOCS') return undefined;
  const message = 'The file has more than one YAML document, and a mesh definition is one.';
  return [pos[0], message, 'Remove this line, and write each mesh to a file of its own.'];
}

/** A quote that is not closed on its line swallows the lines below it, up to the next quote. */
function unclosedQuote(
  { document, text }: MeshDocument,
  { message, pos }: YAMLParseError,
): Explanation | undefined {
  let start: number | undefined;
  visit(document, {
    Scalar(_key, { range, type }) {
      if (!range || (type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE')) return;
      const isOpen = /closing .quote/.test(message) && range[0] < pos[0];
      if (isOpen || swallowedKey.test(text.slice(range[0], range[1]))) start = range[0];
    },
  });
  if (start === undefined) return undefined;
  const quote = text[start];
  if (parseDocument(withIndentedTexts(text)).errors.length === 0) {
    const where = 'The text that starts here has lines that are not indented deeper than its key.';
    return [start, where, `Indent all its lines, also that with the closing ${quote}.`];
  }
  return [start, `The text that starts here has no closing ${quote} in its line.`, `Close it with ${quote}.`];
}

/** A key at the start of a line. */
const swallowedKey = /\n[ \t]*(?:- )?[\w.-]+:(?:\s|$)/;

function unclosedBracket(
  { document, text }: MeshDocument,
  { pos, message }: YAMLParseError,
): Explanation | undefined {
  if (!/end with a [\]}]/.test(message)) return undefined;
  let opening = pos[0];
  visit(document, {
    Collection(_key, { flow, range }) {
      if (flow === true && range && range[0] <= pos[0]) opening = range[0];
    },
  });
  const closing = text[opening] === '[' ? ']' : '}';
  const kind = closing === ']' ? 'list' : 'map';
  return [opening, `The ${kind} that starts here has no closing ${closing}.`, `Close it with ${closing}.`];
}

function tab(source: MeshDocument, { pos }: YAMLParseError): Explanation | undefined {
  const start = lineStart(source, pos[0]);
  const [indent] = /^[ \t]*/.exec(source.text.slice(start)) ?? [''];
  const index = indent.indexOf('\t');
  if (index === -1) return undefined;
  return [start + index, 'The line is indented with a tab.', 'Indent it with spaces.'];
}

function specialCharacter({ text }: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'BAD_SCALAR_START') return undefined;
  const value = /^[^\n#]*/.exec(text.slice(pos[0]))?.[0].trim() ?? '';
  return [
    pos[0],
    `A value cannot start with ${text[pos[0]]}.`,
    `Put it in quotes: ${JSON.stringify(value)}.`,
  ];
}

function escapeSequence({ text }: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'BAD_DQ_ESCAPE') return undefined;
  const message = `${text.slice(pos[0], pos[0] + 2)} is not an escape sequence of YAML.`;
  return [pos[0], message, 'Write \\\\ for a backslash, or put the text in single quotes.'];
}

/** A second colon, as in `message: error: not found`. */
function colonInValue(source: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined;
  const start = lineStart(source, pos[0]);
  const line = source.text.slice(start).split('\n', 1)[0] ?? '';
  // Before the value is its key, unless the whole line is wrong.
  if (!/[:[{,] +$/.test(line.slice(0, pos[0] - start)) || !/:(?: |$)/.test(line.slice(pos[0] - start)))
    return undefined;
  const value = line.slice(pos[0] - start).trim();
  return [pos[0], 'The value has a colon and a space in it.', `Put it in quotes: ${JSON.stringify(value)}.`];
}

/** A line such as `meshID:mesh1` or `meshID`. */
function missingColon(source: MeshDocument, { code, pos }: YAMLParseError): Explanation | undefined {
  if (code !== 'MISSING_CHAR' && code !== 'MULTILINE_IMPLICIT_KEY') return undefined;
  const line = source.text.slice(pos[0]).split('\n', 1)[0]?.trim() ?? '';
  if (/^-|: |:$/.test(line) || line === '') return undefined;
  const colon = /^[\w.-]+:(?=\S)/.exec(line)?.[0];
  if (colon === undefined)
    return [pos[0], 'The line has no colon after its key.', 'Write a key, a colon, a space and a value.'];
  return [
    pos[0] + colon.length - 1,
    'There is no space after the colon.',
    `Write ${colon} ${line.slice(colon.length)}.`,
  ];
}

function missingComma(
  _source: MeshDocument,
  { code, pos, message }: YAMLParseError,
): Explanation | undefined {
  if (code !== 'BLOCK_IN_FLOW' && !message.startsWith('Missing , ')) return undefined;
  return [pos[0], 'There is no comma before the next key or item.', 'Separate keys and items with commas.'];
}

const indentationCodes = ['BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY', 'MISSING_CHAR'];

function indentation(source: MeshDocument, { code, pos, message }: YAMLParseError): Explanation | undefined {
  if (!indentationCodes.includes(code) && !message.includes('block-seq-ind')) return undefined;
  // An error about two lines is about the indentation of the second one.
  const [{ pos: last } = { pos }] = source.document.errors.filter(
    (error) => error.code === 'MULTILINE_IMPLICIT_KEY' && error.pos[0] === pos[0],
  );
  const start = lineStart(source, Math.max(last[0], last[1] - 1));
  const indent = /^ */.exec(source.text.slice(start))?.[0].length ?? 0;
  return [
    start + indent,
    'The indentation of the line does not fit the lines above it.',
    'Give all keys of a map the same indentation, and all items of a list. Only a key without a value can have more indented lines below it.',
  ];
}

function unexpected({ text }: MeshDocument, { pos }: YAMLParseError): Explanation {
  const [word = ''] = /^(?:[\w./-]{1,60}|.)?/u.exec(text.slice(pos[0])) ?? [];
  const message = word === '' ? 'The file ends too early.' : `${word} cannot be here.`;
  return [pos[0], message, 'Look for a missing or superfluous quote, bracket, comma or colon before it.'];
}

function lineStart({ text }: MeshDocument, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
