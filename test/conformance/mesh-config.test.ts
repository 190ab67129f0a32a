import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { yamlText } from '../../src/kubernetes/yaml';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { HelmValues } from '../../src/mesh/helm-values';
import { parseOptions } from '../../src/mesh/schema-types';
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { temporaryFolder } from '../temporary-folder';
import { istioctls, versionOf } from './istioctl';
import { meshConfigs } from './mesh-configs';

const folder = temporaryFolder();

/** What Istio says about a mesh configuration; empty if it uses it as it is. istioctl reads it as istiod does. */
function objection(istioctl: string, meshConfig: object): string {
  const files = {
    meshConfigFile: yamlText(meshConfig as HelmValues),
    injectConfigFile: 'templates: { sidecar: "{}" }',
    valuesFile: '{}',
    filename: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nothing }\n',
  };
  const flags = Object.entries(files).map(([name, text]) => {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, text);
    return `--${name}=${file}`;
  });
  return spawnSync(istioctl, ['kube-inject', '--revision=default', ...flags], { encoding: 'utf8' }).stderr;
}

function isAccepted(version: string, meshConfig: object): boolean {
  const values = { meshConfig } as HelmValues;
  try {
    defineMesh({
      meshID: 'mesh1',
      istio: { version, values },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    });
    return true;
  } catch {
    return false;
  }
}

describe.each(istioctls)('the mesh configuration that %s reads', (istioctl) => {
  const version = versionOf(istioctl);

  test('is used by Istio whenever we accept it', () => {
    const configs = meshConfigs(
      (meshConfig) => istioValues().safeParse({ meshConfig }, parseOptions).success,
    );
    fc.assert(
      fc.property(configs, (config) => {
        fc.pre(isAccepted(version, config));
        expect(objection(istioctl, config)).toBe('');
      }),
      { numRuns: 20 },
    );
  });

  test('would be dropped for values that we refuse', () => {
    expect(objection(istioctl, { trustDomain: 'team_a.prod' })).toMatch(/invalid/);
    expect(objection(istioctl, { defaultConfig: { drainDuration: '45' } })).toMatch(/bad Duration/);
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
