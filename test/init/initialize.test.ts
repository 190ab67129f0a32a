import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { argumentProblems, initialize } from '../../src/init/initialize';
import { loadMesh } from '../../src/mesh/mesh-file';
import { MeshError } from '../../src/problems/problem';
import { temporaryFolder } from '../temporary-folder';

const clusters = ['eu', 'us'];

/** The code of the first problem that a function throws. */
function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof MeshError) return error.problems[0]?.code;
    throw error;
  }
  return undefined;
}

describe('in an empty folder', () => {
  test('writes a mesh, an app and the entries of .gitignore', () => {
    const folder = temporaryFolder();
    const { written, manualSteps, next } = initialize(folder, { clusters });
    expect(written).toEqual(['mesh.yaml', 'cdk8s.yaml', '.gitignore'].map((name) => join(folder, name)));
    expect(manualSteps).toEqual([]);
    expect(next).toEqual([`cd ${folder}`, 'npx istio-mesh synth']);
    expect(readFileSync(join(folder, 'cdk8s.yaml'), 'utf8')).toBe(
      'language: typescript\napp: npx istio-mesh synth\n',
    );
  });

  test('creates the folder', () => {
    const folder = join(temporaryFolder(), 'new/mesh');
    initialize(folder, { clusters });
    expect(loadMesh(join(folder, 'mesh.yaml')).clusters).toHaveLength(2);
  });
});

describe('.gitignore', () => {
  const secrets = ['/node_modules/', '/certs/', '/remotes/', '*.kubeconfig', '/.dist.*/', '/encrypted/*/.*'];

  test('gets only the missing entries', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.gitignore'), '/dist\nown');
    initialize(folder, { clusters });
    const lines = readFileSync(join(folder, '.gitignore'), 'utf8').trimEnd().split('\n');
    expect(lines).toEqual(['/dist', 'own', ...secrets]);
  });

  test('does not change if it has all entries', () => {
    const folder = temporaryFolder();
    const text = ['/dist/', ...secrets].join('\n');
    writeFileSync(join(folder, '.gitignore'), text);
    expect(initialize(folder, { clusters }).written).not.toContain(join(folder, '.gitignore'));
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(text);
  });

  test('does not ignore the output that a GitOps tool applies', () => {
    const folder = temporaryFolder();
    const gitops = { tool: 'flux', repository: 'https://git.example.com/platform/mesh.git' };
    expect(initialize(folder, { clusters, gitops }).next).toContain('npx istio-mesh join');
    expect(readFileSync(join(folder, '.gitignore'), 'utf8').trimEnd().split('\n')).toEqual(secrets);
  });

  test('ignores what an interrupted run leaves', () => {
    const folder = temporaryFolder();
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    initialize(folder, { clusters });
    for (const left of ['.dist.next-1', '.dist.previous-1']) {
      mkdirSync(join(folder, left));
      writeFileSync(join(folder, left, 'cacerts.k8s.yaml'), 'a key');
    }
    const status = ['status', '--porcelain', '--untracked-files=all'];
    expect(execFileSync('git', status, { cwd: folder, encoding: 'utf8' })).not.toContain('.dist.');
  });
});

describe('an existing file', () => {
  test('mesh.yaml is an error, and nothing is written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mesh.yaml'), 'own');
    expect(codeOf(() => initialize(folder, { clusters }))).toBe('OUTPUT-EXISTS');
    expect(readdirSync(folder)).toEqual(['mesh.yaml']);
    expect(readFileSync(join(folder, 'mesh.yaml'), 'utf8')).toBe('own');
  });

  test.each([
    ['cdk8s.yaml', 'language: python\napp: pipenv run python main.py\n'],
    ['main.ts', 'new App().synth();\n'],
  ])('%s stays as it is, and no other app is written', (name, content) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), content);
    initialize(folder, { clusters });
    expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
    expect(readdirSync(folder).sort()).toEqual(['.gitignore', name, 'mesh.yaml'].sort());
  });

  test('in place of the folder is an error', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'own');
    expect(codeOf(() => initialize(file, { clusters }))).toBe('OUTPUT-WRITE');
    expect(codeOf(() => initialize(join(file, 'mesh'), { clusters }))).toBe('OUTPUT-WRITE');
  });
});

describe('the path of the JSON Schema', () => {
  /** Installs this package into a folder, as pnpm does. */
  function install(folder: string): void {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(process.cwd(), join(folder, 'node_modules/cdk8s-istio-mesh'));
  }

  function schemaPath(folder: string): string {
    initialize(folder, { clusters });
    const [, path = ''] = /\$schema=(\S+)$/m.exec(readFileSync(join(folder, 'mesh.yaml'), 'utf8')) ?? [];
    return path;
  }

  test.each(['.', 'mesh', 'clusters/mesh'])('leads to the package from the folder %s', (name) => {
    const root = temporaryFolder();
    install(root);
    const path = schemaPath(join(root, name));
    expect(path).toMatch(/^\.\.?\//);
    expect(existsSync(dirname(resolve(root, name, path)))).toBe(true);
  });

  test('prefers the nearest installation', () => {
    const root = temporaryFolder();
    install(root);
    install(join(root, 'workspace'));
    expect(schemaPath(join(root, 'workspace/mesh'))).toBe(
      '../node_modules/cdk8s-istio-mesh/lib/mesh.schema.json',
    );
  });

  test('is in the folder of mesh.yaml if the package is not installed', () => {
    expect(schemaPath(temporaryFolder())).toBe('./node_modules/cdk8s-istio-mesh/lib/mesh.schema.json');
  });
});

describe('argumentProblems', () => {
  const repository = 'https://git.example.com/platform/mesh.git';

  test.each([
    ['argument clusters', ['Bad_Name'], undefined],
    ['argument clusters', ['a', 'a'], undefined],
    ['argument clusters', ['a #b'], undefined],
    ['argument clusters', ['flux'], { tool: 'flux', repository }],
    ['option --gitops', ['a'], { tool: 'jenkins', repository }],
    ['option --repository', ['a'], { tool: 'argocd', repository: 'mesh' }],
  ])('are located at the %s: %j', (file, names, gitops) => {
    expect(argumentProblems({ clusters: names, gitops })).toMatchObject([{ location: { file } }]);
  });

  test('are empty for correct arguments', () => {
    const gitops = { tool: 'argocd', repository: 'oci://registry.example.com/mesh' };
    expect(argumentProblems({ clusters, gitops })).toEqual([]);
    expect(argumentProblems({ clusters: ['1', 'true'] })).toEqual([]);
  });
});
