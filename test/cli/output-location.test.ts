import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh, istioMeshWith } from './istio-mesh';

const definition = (more = ''): string => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256${more} }
clusters:
  - { name: a, network: n1, kubeconfig: keys/a.kubeconfig }
`;

/** A folder with a mesh and a few files of its user. */
function project(text = definition()): string {
  const folder = join(temporaryFolder(), 'project');
  mkdirSync(join(folder, 'keys'), { recursive: true });
  writeFileSync(join(folder, 'mesh.yaml'), text);
  writeFileSync(join(folder, 'keys/a.kubeconfig'), '');
  return folder;
}

const refusal = /^(?:\S+: )?(?:OUTPUT-FOLDER|SECRET-FILE): /m;

describe('the folder of the output is refused, and nothing is written', () => {
  let folder: string;
  beforeAll(() => {
    folder = project();
    mkdirSync(join(folder, 'other/.git/hooks'), { recursive: true });
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/package.json'), '{}');
    symlinkSync('.', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
  });

  test.each([
    '.',
    '',
    ' ',
    './.',
    '..',
    '../project',
    '/',
    homedir(),
    dirname(homedir()),
    'certs',
    'certs/a',
    'remotes',
    'remotes/x/y',
    'encrypted',
    'keys',
    'mesh.yaml',
    'link',
    'link/certs',
    'dangling',
    'other',
    'other/.git/hooks',
    'app',
    'dist/../.',
  ])('--output %j', (output) => {
    const before = readdirSync(folder, { recursive: true });
    const { status, stderr } = istioMesh(folder, 'synth', '--output', output);
    expect(status).toBe(1);
    expect(stderr).toMatch(refusal);
    expect(stderr).toContain('1 problem found.');
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(istioMesh(folder, 'check', '--output', output).stderr).toMatch(refusal);
  });

  test.each(['', '.', 'certs'])('CDK8S_OUTDIR=%j', (CDK8S_OUTDIR) => {
    const { status, stderr } = istioMeshWith({ env: { CDK8S_OUTDIR } }, folder, 'synth');
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(refusal) });
  });

  test.each(["''", '.', 'certs'])('output: %s in cdk8s.yaml', (output) => {
    const own = project();
    writeFileSync(join(own, 'cdk8s.yaml'), `app: npx istio-mesh synth\noutput: ${output}\n`);
    for (const command of ['synth', 'check']) {
      const { status, stderr } = istioMesh(own, command);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(refusal) });
    }
  });
});

test.each(['dist/certs', 'dist', './dist/../dist/x/certs'])(
  'certificates in the output folder, at %s, are refused before any is issued',
  (directory) => {
    const folder = project(definition(`, directory: ${directory}`));
    for (const command of ['synth', 'ca', 'join', 'check']) {
      const { status, stderr } = istioMesh(folder, command);
      expect(status).toBe(1);
      expect(stderr).toContain(
        `${directory}: OUTPUT-FOLDER: The certificates folder is the output folder dist`,
      );
    }
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  },
);

test('certificates that a symbolic link leads into the output folder are refused', () => {
  const folder = project();
  mkdirSync(join(folder, 'dist'));
  symlinkSync('dist/keys', join(folder, 'certs'));
  symlinkSync('dist', join(folder, 'alias'));
  expect(istioMesh(folder, 'synth', '--output', 'alias').stderr).toMatch(/OUTPUT-FOLDER/);
  expect(readdirSync(join(folder, 'dist'))).toEqual([]);
});

test('output in cdk8s.yaml is the default of synth and check', () => {
  const folder = project();
  writeFileSync(join(folder, 'cdk8s.yaml'), 'app: npx istio-mesh synth\noutput: manifests\n');
  expect(istioMesh(folder, 'synth').status).toBe(0);
  expect(readdirSync(join(folder, 'manifests'))).toContain('a');
  expect(istioMesh(folder, 'check').stdout).toMatch(/files of manifests/);
});

test.each(['dist', 'out/of/folders', '../beside', 'certs-of-output', 'keys/dist'])(
  '%s is accepted',
  (output) => {
    const folder = project();
    expect(istioMesh(folder, 'synth', '--output', output)).toMatchObject({ status: 0 });
    expect(istioMesh(folder, 'synth', '--output', output)).toMatchObject({ status: 0 });
  },
);
