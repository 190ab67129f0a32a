import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartGateway } from '../../src/control-plane/gateway/chart-gateway';
import { gatewayObjects } from '../../src/control-plane/gateway/gateway-objects';
import { controlPlaneInput } from '../../src/control-plane/input';
import { controlPlaneObjects } from '../../src/control-plane/istiod/control-plane-objects';
import type { KubernetesObject } from '../../src/kubernetes/object';
import type { HelmValues } from '../../src/mesh/helm-values';
import { istioWithDefaults } from '../../src/mesh/istio';
import { acceptedValues, refusedByApiServer, refusedByIstio } from '../mesh/kubernetes/refused-values';
import { clusterSource, freshClusters, stopClusters } from './clusters';

const cases = [
  ...refusedByApiServer.map(({ values }) => ({ values, verdict: 'refused' })),
  ...refusedByIstio.map(({ values }) => ({ values, verdict: 'accepted' })),
  ...acceptedValues.map((values) => ({ values, verdict: 'accepted' })),
];

describe.skipIf(clusterSource !== 'lab')('the rules for values', () => {
  let kubeconfig = '';

  beforeAll(() => {
    [kubeconfig = ''] = freshClusters(1);
  });
  afterAll(stopClusters);

  test('are those of the API server', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    for (const [index, { values }] of cases.entries()) writeObjects(join(folder, `case-${index}`), values);
    const refusals = dryRun(folder, kubeconfig);
    const verdicts = cases.map(({ values }, index) => ({
      values,
      verdict: refusals.some((line) => line.includes(`/case-${index}/`)) ? 'refused' : 'accepted',
    }));
    expect(verdicts, refusals.join('\n')).toEqual(cases);
  });
});

/** Writes the objects that differ with some values, each into a file of its own, which kubectl names in its errors. */
function writeObjects(folder: string, values: string): void {
  mkdirSync(folder);
  objectsWith(parse(`{ ${values} }`) as HelmValues).forEach((object, index) => {
    const metadata = {
      ...object.metadata,
      ...(object.metadata.namespace === undefined ? {} : { namespace: 'default' }),
    };
    writeFileSync(join(folder, `${index}.json`), JSON.stringify({ ...object, metadata }));
  });
}

function objectsWith(values: HelmValues): KubernetesObject[] {
  const usual = new Set(rendered({}).map((object) => JSON.stringify(object)));
  return rendered(values).filter(
    (object) => !usual.has(JSON.stringify(object)) && object.kind !== 'ConfigMap',
  );
}

function rendered(values: HelmValues): KubernetesObject[] {
  const input = controlPlaneInput(istioWithDefaults({ values }));
  return [
    ...Object.values(controlPlaneObjects(input)).flat(),
    ...Object.values(gatewayObjects(chartGateway(input, { kind: 'ingress' }))),
  ] as KubernetesObject[];
}

/** The errors of a server-side dry run, each with the name of its file. */
function dryRun(folder: string, kubeconfig: string): string[] {
  const args = ['--kubeconfig', kubeconfig, 'create', '--dry-run=server', '--recursive', '-f', folder];
  const { stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  expect(stdout).toContain('created (server dry run)');
  return stderr.split(/\n(?=Error from server|The )/);
}
