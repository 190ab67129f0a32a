import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { manualSteps } from '../../src/init/existing-app';
import { initialize } from '../../src/init/initialize';
import { temporaryFolder } from '../temporary-folder';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const typescriptApp = {
  'cdk8s.yaml': 'language: typescript\napp: npx ts-node main.ts\nimports: [k8s]\n',
  'main.ts': "import { App } from 'cdk8s';\nnew App().synth();\n",
  'package.json': '{ "dependencies": { "cdk8s": "^2.70.0" } }',
};

test('an app in TypeScript gets the lines for main.ts, and the package', () => {
  const steps = manualSteps(folderWith(typescriptApp));
  expect(steps).toHaveLength(2);
  expect(steps[0]).toContain('npm install cdk8s-istio-mesh');
  expect(steps[1]).toContain("import { IstioMeshApp, loadInputs, loadMesh } from 'cdk8s-istio-mesh';");
});

test('an app in another language gets the line for cdk8s.yaml', () => {
  const steps = manualSteps(folderWith({ 'cdk8s.yaml': 'language: python\napp: python main.py\n' }));
  expect(steps).toEqual([
    'cdk8s.yaml runs another app. To write the mesh with cdk8s synth, change its app to:\n\n  app: npx istio-mesh synth',
  ]);
});

test.each([
  ['an empty folder', {}],
  [
    'a folder with the installed package',
    { 'package.json': '{"dependencies":{"cdk8s-istio-mesh":"0.2.0"}}' },
  ],
  ['an app of the mesh', { 'cdk8s.yaml': 'language: typescript\napp: npx istio-mesh synth\n' }],
])('%s needs no manual steps', (_, files) => {
  expect(manualSteps(folderWith(files as Record<string, string>))).toEqual([]);
});

test('the lines for main.ts write the mesh', { timeout: 30_000 }, () => {
  const folder = folderWith(typescriptApp);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/cdk8s-istio-mesh'));
  const { manualSteps: steps } = initialize(folder, { clusters: ['eu', 'us'] });
  const [, code = ''] = /^( {2}import[\s\S]*)/m.exec(steps.join('\n')) ?? [];
  const module = ts.ModuleKind.CommonJS;
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module }, reportDiagnostics: true });
  writeFileSync(join(folder, 'main.js'), outputText);
  const { CDK8S_OUTDIR: _, ...env } = process.env;
  execFileSync(process.execPath, ['main.js'], { cwd: folder, env, stdio: 'pipe' });
  for (const cluster of ['eu', 'us']) {
    expect(existsSync(join(folder, 'dist', cluster, '30-control-plane.k8s.yaml'))).toBe(true);
  }
});
