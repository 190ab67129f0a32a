import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Istioctl } from '../../src/control-plane/istioctl';
import { defineMesh } from '../../src/mesh/define-mesh';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();
mkdirSync(join(folder, 'folder'));
writeFileSync(join(folder, 'text'), 'istioctl\n');
writeFileSync(join(folder, 'unknown'), 'istioctl\n', { mode: 0o755 });

function istioctl(program: string): { version: () => Promise<unknown>; render: () => Promise<unknown> } {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { controlPlane: 'istioctl', istioctl: program, version: '1.31.0' },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
  const tool = new Istioctl(mesh, folder);
  return {
    version: () => tool.checkVersion(),
    render: () => tool.render(mesh.clusters[0] ?? expect.fail('no cluster')),
  };
}

test.each([
  ['no-such-istioctl', 'no-such-istioctl was not found.'],
  ['./missing', `${folder}/missing was not found.`],
  ['./folder', `${folder}/folder is not a program that can be executed.`],
  ['./text', `${folder}/text is not a program that can be executed.`],
])('%s in place of istioctl is a problem', async (program, message) => {
  await expect(istioctl(program).version()).rejects.toThrow(
    `CONTROL-PLANE-ISTIOCTL: ${message}\n    Install istioctl`,
  );
});

test('another program is not istioctl of the version', async () => {
  await expect(istioctl('echo').version()).rejects.toThrow(/echo is istioctl of an unknown version/);
});

test.each([
  [
    'echo',
    /echo manifest generate printed for cluster1 what is not a Kubernetes object: "manifest generate -f -"/,
  ],
  ['true', /true manifest generate printed no object for cluster1/],
  ['false', /false manifest generate failed: Its exit status is 1/],
])('the output of %s is not written as manifests', async (program, message) => {
  await expect(istioctl(program).render()).rejects.toThrow(message);
});
