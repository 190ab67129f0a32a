import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MeshError } from '../../../src/problems/problem';
import {
  planUpgrade,
  type UpgradePlan,
  type UpgradeRequest,
} from '../../../src/synthesis/upgrade/plan-upgrade';
import { temporaryFolder } from '../../temporary-folder';

type Request = Partial<UpgradeRequest>;

/** The plan for a mesh of three clusters. */
function planOf(istio: string, request: Request = {}, clusters = ['', '', ''], more = ''): UpgradePlan {
  const meshFile = join(temporaryFolder(), 'mesh.yaml');
  const entries = clusters.map(
    (own, index) =>
      `  - { name: c${index + 1}, network: n${index + 1}${own === '' ? '' : `, istio: ${own}`} }\n`,
  );
  writeFileSync(meshFile, `meshID: m\nistio: ${istio}\n${more}clusters:\n${entries.join('')}`);
  return planUpgrade({ meshFile, to: '1.31.0', ...request });
}

function problemsOf(...args: Parameters<typeof planOf>): string[] {
  try {
    planOf(...args);
    return [];
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return error.problems.map(({ code, message, location }) => `${code} ${location.path ?? ''}: ${message}`);
  }
}

/** The changes of mesh.yaml of each stage of each wave. */
function editsOf({ waves }: UpgradePlan) {
  return waves.map(({ stages }) =>
    stages.map(({ edits }) => Object.fromEntries(edits.map(({ cluster, istio }) => [cluster, istio]))),
  );
}

const from = '{ version: 1.30.4 }';

describe('the waves of an upgrade', () => {
  test('are one cluster, then all others', () => {
    const { waves, done, strategy } = planOf(from);
    expect(waves.map(({ clusters }) => clusters)).toEqual([['c1'], ['c2', 'c3']]);
    expect([done, strategy]).toEqual([[], 'in-place']);
  });

  test('are those that are asked for, then the rest', () => {
    const { waves } = planOf(from, { waves: [['c3'], ['c1']] });
    expect(waves.map(({ clusters }) => clusters)).toEqual([['c3'], ['c1'], ['c2']]);
  });

  test('begin with the first one that mesh.yaml does not have', () => {
    const { waves, done } = planOf(from, {}, ['{ version: 1.31.0 }', '', '']);
    expect(waves.map(({ clusters }) => clusters)).toEqual([['c2'], ['c3']]);
    expect(done).toEqual(['c1']);
    expect(planOf('{ version: 1.31.0 }').waves).toEqual([]);
  });

  test('must name clusters, each once', () => {
    expect(problemsOf(from, { waves: [['c1', 'c4'], ['c1']] })).toEqual([
      'MESH-UNKNOWN-CLUSTER : "c4" is not a cluster of the mesh.',
      'UPGRADE-WAVE : c1 is in two waves.',
    ]);
  });

  test('cannot be commits where istioctl renders all clusters', () => {
    const gitops =
      'gitops: argocd\nrepository: { url: "https://git.example.com/m.git" }\nsecrets: { backend: sealed-secrets }\n';
    const istio = '{ version: 1.30.4, controlPlane: istioctl }';
    expect(problemsOf(istio, {}, ['', '', ''], gitops)).toEqual([
      'UPGRADE-WAVE : istioctl renders all clusters with its own version, so one commit upgrades all of them.',
    ]);
    expect(problemsOf(istio, { waves: [['c1', 'c2', 'c3']] }, ['', '', ''], gitops)).toEqual([]);
  });
});

describe('the change of mesh.yaml', () => {
  test('is the version in place', () => {
    expect(editsOf(planOf(from))).toEqual([
      [{ c1: { version: '1.31.0' } }],
      [{ c2: { version: '1.31.0' }, c3: { version: '1.31.0' } }],
    ]);
  });

  test('has the tag where the definition has one', () => {
    const edits = editsOf(
      planOf('{ version: 1.30.4, tag: 1.30.4-distroless }', {}, ['', '{ tag: own }', '']),
    );
    expect(edits).toEqual([
      [{ c1: { version: '1.31.0', tag: '1.31.0-distroless' } }],
      [
        {
          c2: { version: '1.31.0', tag: '1.31.0' },
          c3: { version: '1.31.0', tag: '1.31.0-distroless' },
        },
      ],
    ]);
  });

  test('adds a canary, swaps it, and removes the old control plane', () => {
    const old = { revision: 'default', version: '1.30.4' };
    expect(editsOf(planOf(from, { canary: 'next' }, ['']))).toEqual([
      [
        { c1: { canary: { revision: 'next', version: '1.31.0' } } },
        { c1: { version: '1.31.0', revision: 'next', canary: old } },
        { c1: { canary: null } },
      ],
    ]);
  });

  test('continues with a canary that the mesh has', () => {
    const istio = '{ version: 1.30.4, canary: { revision: next, version: 1.31.0 } }';
    const swapped = '{ version: 1.31.0, revision: next, canary: { revision: default, version: 1.30.4 } }';
    const plan = planOf(istio, {}, ['', swapped, '{ version: 1.31.0, revision: next, canary: disabled }']);
    expect([plan.strategy, plan.done]).toEqual(['canary', ['c3']]);
    expect(editsOf(plan)).toEqual([
      [
        { c1: { version: '1.31.0', revision: 'next', canary: { revision: 'default', version: '1.30.4' } } },
        { c1: { canary: 'disabled' } },
      ],
      [{ c2: { canary: 'disabled' } }],
    ]);
  });

  test('does not move other settings of a canary, and says so', () => {
    const canary = '{ revision: next, version: 1.31.0, hub: registry.example.com }';
    const { warnings } = planOf(`{ version: 1.30.4, canary: ${canary} }`, {}, ['']);
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'UPGRADE-CANARY: The canary of c1 has hub of its own, which the plan does not move.',
    ]);
  });

  test('must leave a valid mesh', () => {
    expect(problemsOf(from, { canary: 'next' }, ['{ revision: next }'])[0]).toMatch(
      /^MESH-VALUE clusters\[0\].*With a canary of Istio 1.31.0: /,
    );
  });
});

test('shows what an apply changes and replaces, and what only a restart replaces', () => {
  const [change] = planOf(from).waves[0]?.stages[0]?.changes ?? [];
  expect(change?.files.map(({ file }) => file)).toEqual([
    '00-crds.k8s.yaml',
    '30-control-plane.k8s.yaml',
    '45-ingress-gateway.k8s.yaml',
  ]);
  expect(change?.rollouts.map(({ name }) => name)).toEqual(['istiod', 'istio-ingressgateway']);
  expect(change?.restarts.map(({ name }) => name)).toEqual(['istio-eastwestgateway']);
});

describe('versions that Istio does not support', () => {
  test.each<[what: string, istio: string, request: Request, message: RegExp]>([
    [
      'two minor versions in place',
      '{ version: 1.29.6 }',
      {},
      /^UPGRADE-VERSION : c1 has Istio 1.29.6, and 1.31.0 is 2 minor/,
    ],
    [
      'an older version',
      '{ version: 1.31.0 }',
      { to: '1.30.4' },
      /^UPGRADE-VERSION : c1 has Istio 1.31.0, which is newer/,
    ],
    [
      'an older patch',
      '{ version: 1.30.4 }',
      { to: '1.30.2' },
      /^UPGRADE-VERSION : c1 has Istio 1.30.4, which is newer/,
    ],
    ['a version of no release', from, { to: '1.32.0' }, /^CONTROL-PLANE-VERSION : /],
    [
      'three minor versions with a canary',
      '{ version: 1.28.3, controlPlane: istioctl }',
      { canary: 'next' },
      /3 minor versions newer: with a canary/,
    ],
  ])('%s', (_, istio, request, message) => {
    expect(problemsOf(istio, request)[0]).toMatch(message);
  });

  test('two minor versions are allowed with a canary', () => {
    expect(problemsOf('{ version: 1.29.6 }', { canary: 'next' })).toEqual([]);
  });

  test.each([
    ['1.30.3', '1.31.0', 1],
    ['1.30.4', '1.31.0', 0],
    ['1.29.6', '1.30.2', 1],
  ])('warns of endpoints that are lost between %s and %s', (version, to, count) => {
    const { warnings } = planOf(`{ version: ${version} }`, { to });
    expect(warnings.map(({ code }) => code)).toEqual(Array.from({ length: count }, () => 'LIVE-VERSION'));
  });
});
