import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InstalledProject, type Installer, type NodeVersion } from './installed-project';
import { nodeVersions } from './setup';

const oldTypeScript = 'typescript-5.0';
const newTypeScript = 'typescript-7';

/**
 * With each installer, every version of Node runs the program and loads the library from both kinds of modules.
 * What takes longer is paired: each version of Node, and each installer, with each test runner; each installer,
 * and each kind of modules, with each version of TypeScript.
 */
interface Pairs {
  readonly jest: readonly NodeVersion[];
  readonly vitest: readonly NodeVersion[];
  readonly commonJs: string;
  readonly esModules: string;
}

const pairs: Readonly<Record<Installer, Pairs>> = {
  npm: { jest: ['20.19.0', '24'], vitest: ['22', '26'], commonJs: oldTypeScript, esModules: newTypeScript },
  pnpm: { jest: ['22', '26'], vitest: ['20.19.0', '24'], commonJs: newTypeScript, esModules: oldTypeScript },
};

/** As `cdk8s init typescript-app` chooses them, and what else users have. */
const developmentPackages = [
  ...['jest@29', 'ts-jest@29', '@types/jest@29', '@types/node@20', 'typescript@5.9'],
  ...['vitest@4', `${oldTypeScript}@npm:typescript@5.0`, `${newTypeScript}@npm:typescript@7`],
];

/** Tests the packed package in a project that an installer has made. */
export function describeProject(installer: Installer): void {
  const { jest, vitest, commonJs, esModules } = pairs[installer];
  let project: InstalledProject;

  beforeAll(() => {
    project = new InstalledProject(installer, developmentPackages);
    const template = 'cdk8s-cli/templates/typescript-app';
    for (const name of ['jest.config.js', 'tsconfig.json'])
      project.copyFromPackage(`${template}/${name}`, name);
    project.run('npx cdk8s synth', '24');
  });
  afterAll(() => project?.remove());

  test('the commands of the README make a project that cdk8s synthesizes', () => {
    expect(Object.keys(project.read('dist'))).toEqual(
      expect.arrayContaining(['cluster1/30-control-plane.k8s.yaml', 'cluster2/20-cacerts.k8s.yaml']),
    );
  });

  describe.each(nodeVersions)('Node %s', (node) => {
    const written = (command: string, folder: string) => {
      project.run(command, node, { CDK8S_OUTDIR: folder });
      return project.read(folder);
    };

    test('writes the same with cdk8s, the program, CommonJS and an ES module', () => {
      const expected = project.read('dist');
      expect(project.run('node --version', node)).toMatch(`v${node}`);
      expect(written('npx cdk8s synth --output by-cdk8s', 'by-cdk8s')).toEqual(expected);
      expect(written('npx istio-mesh synth', 'by-program')).toEqual(expected);
      expect(written('node synth.cjs', 'by-commonjs')).toEqual(expected);
      expect(written('node synth.mjs', 'by-es-module')).toEqual(expected);
    });

    if (jest.includes(node)) {
      test('runs the tests of a project under Jest', () => {
        project.run('npx jest --ci', node);
      });
    }

    if (vitest.includes(node)) {
      test('runs the tests of a project under Vitest', () => {
        project.run('npx vitest run mesh.spec', node);
      });
    }
  });

  test(`compiles as CommonJS with ${commonJs}`, () => {
    compile(commonJs, ['mesh.ts', 'charts.test.ts', 'synth.cjs']);
  });

  test(`compiles as ES modules with ${esModules}`, () => {
    compile(esModules, ['synth.mjs']);
  });

  /** Checks files with the options of a new cdk8s app, by which the declarations of packages are checked, too. */
  function compile(compiler: string, files: readonly string[]): void {
    const compilerOptions = {
      ...{ module: 'node16', moduleResolution: 'node16', lib: ['es2022'], types: ['node', 'jest'] },
      ...{ allowJs: true, checkJs: true, declaration: false, noEmit: true },
    };
    const name = `tsconfig.${compiler}.json`;
    project.write(name, JSON.stringify({ extends: './tsconfig.json', compilerOptions, include: files }));
    project.run(`node node_modules/${compiler}/bin/tsc --project ${name}`, '24');
  }
}
