import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseDocuments } from '../../../src/init/existing/input-document';
import { withIndentedTexts } from '../../../src/mesh/file/quoted-text';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { MeshError } from '../../../src/problems/problem';

const format = `meshConfig:
  accessLogFormat: '{
    "start": "%START_TIME%"
  }

  '
  accessLogFile: /dev/stdout
`;

test('the lines of a text in quotes are indented, which does not change it', () => {
  const meshConfig = { accessLogFormat: '{ "start": "%START_TIME%" }\n', accessLogFile: '/dev/stdout' };
  expect(parse(withIndentedTexts(format))).toEqual({ meshConfig });
  expect(parse(withIndentedTexts('a:\n- b: "{\n- \\" }"\n  c: 1\n'))).toEqual({
    a: [{ b: '{ - " }', c: 1 }],
  });
});

test('a text without a closing quote stays as it is', () => {
  const text = "a: 'x\nb: 1\nc: 'y'\n";
  expect(withIndentedTexts(text)).toBe(text);
});

test('istio-mesh init reads such a text', () => {
  const [document] = parseDocuments(format, { file: 'values.yaml' });
  expect(document?.content).toMatchObject({ meshConfig: { accessLogFile: '/dev/stdout' } });
});

test('mesh.yaml with such a text says what to do', () => {
  const definition = `meshID: mesh1\nclusters: [{ name: a, network: n }]\nistio:\n  values:\n${format.replace(/^(?=.)/gm, '    ')}`;
  const problems = () => {
    try {
      return parseMesh(definition, 'mesh.yaml');
    } catch (error) {
      return error instanceof MeshError ? error.problems : error;
    }
  };
  expect(problems()).toEqual([
    expect.objectContaining({
      location: { file: 'mesh.yaml', line: 6, column: 24 },
      message: 'The text that starts here has lines that are not indented deeper than its key.',
      hint: "Indent all its lines, also that with the closing '.",
    }),
  ]);
});
