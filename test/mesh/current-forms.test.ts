import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import { parseMesh } from '../../src/mesh/mesh-file';
import { problemsOf } from './problems-of';

function meshWith(istio: unknown): AnyMeshDefinition {
  return { meshID: 'mesh1', istio, clusters: [{ name: 'a', network: 'n' }] } as AnyMeshDefinition;
}

function settingsOf(istio: unknown) {
  const { notes, clusters } = defineMesh(meshWith(istio));
  return { istio: clusters[0]?.istio, notes: notes.map(({ message }) => message) };
}

describe("values at the top level of Istio's chart istiod", () => {
  test('are those of pilot, which override them', () => {
    const values = { autoscaleMin: 2, env: { A: 'a', B: 'b' }, pilot: { env: { B: 'c' } }, revision: '' };
    expect(settingsOf({ values }).istio?.values).toEqual({
      pilot: { autoscaleMin: 2, env: { A: 'a', B: 'c' } },
      revision: '',
    });
  });

  test('can be among the copied defaults of the chart, which its other values override', () => {
    const defaults = {
      autoscaleMin: 1,
      autoscaleMax: 6,
      cni: { enabled: false },
      global: { logAsJson: true },
    };
    const values = { _internal_defaults_do_not_set: defaults, autoscaleMin: 2, global: { proxy: {} } };
    expect(settingsOf({ values }).istio?.values).toEqual({
      pilot: { autoscaleMin: 2, autoscaleMax: 6, cni: { enabled: false } },
      global: { logAsJson: true, proxy: {} },
    });
    const wrong = { _internal_defaults_do_not_set: { autoscaleMin: 'one', global: { logAsJson: 'yes' } } };
    expect(
      problemsOf(() => defineMesh(meshWith({ values: wrong })))
        .map(({ location }) => location.path)
        .sort(),
    ).toEqual([
      'istio.values._internal_defaults_do_not_set.autoscaleMin',
      'istio.values._internal_defaults_do_not_set.global.logAsJson',
    ]);
  });

  test('can be those of one cluster, and of a canary', () => {
    const mesh = defineMesh({
      meshID: 'mesh1',
      istio: { canary: { revision: 'next', values: { replicaCount: 3 } } },
      clusters: [{ name: 'a', network: 'n', istio: { values: { autoscaleEnabled: false } } }],
    } as unknown as AnyMeshDefinition);
    expect(mesh.clusters[0]?.istio).toMatchObject({
      values: { pilot: { autoscaleEnabled: false } },
      canary: { values: { pilot: { autoscaleEnabled: false, replicaCount: 3 } } },
    });
  });

  test('are named as they are written', () => {
    const text = `meshID: mesh1
istio:
  values:
    env: { CLUSTER_ID: b }
    pilot: { env: { REVISION: c } }
clusters:
  - { name: a, network: network1 }
`;
    expect(
      problemsOf(() => parseMesh(text)).map(({ location, message }) => [location.line, message]),
    ).toEqual([
      [4, 'istio.values.env.CLUSTER_ID is derived from clusters[].name, which is "a" in a.'],
      [5, 'istio.values.pilot.env.REVISION is derived from istio.revision, which is "default".'],
    ]);
  });

  test.each(['cni', 'hub', 'istiodRemote', 'tag'])('have another meaning at the top level: %s', (key) => {
    const { istio } = settingsOf({ values: { [key]: key === 'hub' || key === 'tag' ? '' : {} } });
    expect(istio?.values.pilot).toBeUndefined();
  });
});

describe('metrics of autoscaling/v2beta1', () => {
  const hpaSpec = (...metrics: readonly object[]) => ({ k8s: { hpaSpec: { maxReplicas: 5, metrics } } });
  const utilization = { type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 80 } };
  const value = { type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } };

  test('are read as those of autoscaling/v2, and noted', () => {
    const components = {
      pilot: hpaSpec(utilization, value),
      ingressGateways: [{ name: 'ingress', ...hpaSpec(utilization) }],
    };
    const { istio, notes } = settingsOf({ components });
    const current = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
    expect(istio?.components).toMatchObject({
      pilot: hpaSpec(
        { type: 'Resource', resource: current },
        {
          type: 'Resource',
          resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } },
        },
      ),
      ingressGateways: [hpaSpec({ type: 'Resource', resource: current })],
    });
    const metric = 'k8s.hpaSpec.metrics';
    const asTarget = 'is read as target, the form of autoscaling/v2.';
    expect(notes.sort()).toEqual([
      `istio.components.ingressGateways[0].${metric}[0].resource.targetAverageUtilization ${asTarget}`,
      `istio.components.pilot.${metric}[0].resource.targetAverageUtilization ${asTarget}`,
      `istio.components.pilot.${metric}[1].resource.targetAverageValue ${asTarget}`,
    ]);
  });

  test('with a wrong amount have a problem at the old key', () => {
    const components = {
      pilot: hpaSpec({ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 'half' } }),
    };
    const path = 'istio.components.pilot.k8s.hpaSpec.metrics[0].resource.targetAverageUtilization';
    expect(problemsOf(() => defineMesh(meshWith({ components })))).toEqual([
      expect.objectContaining({ location: { path }, message: `${path} is "half", not a number.` }),
    ]);
  });

  test('beside those of autoscaling/v2 are a problem', () => {
    const both = {
      name: 'cpu',
      targetAverageUtilization: 80,
      target: { type: 'Utilization', averageUtilization: 60 },
    };
    const components = { pilot: hpaSpec({ type: 'Resource', resource: both }) };
    expect(problemsOf(() => defineMesh(meshWith({ components })))).toHaveLength(1);
  });
});

describe('a component of an older version of Istio', () => {
  test('is noted if it is not installed', () => {
    const components = { citadel: { enabled: false }, pilot: { enabled: true } };
    const { istio, notes } = settingsOf({ components });
    expect(istio?.components).toEqual({ pilot: { enabled: true } });
    expect(notes).toEqual(['istio.components.citadel changes nothing: Istio no longer has it.']);
  });

  test('is a problem if it is installed', () => {
    const components = { citadel: { enabled: true } };
    expect(problemsOf(() => defineMesh(meshWith({ components })))).toEqual([
      expect.objectContaining({ code: 'MESH-UNKNOWN-KEY', location: { path: 'istio.components.citadel' } }),
    ]);
  });
});

describe('the profile openshift', () => {
  test('is the platform with the CNI node agent in kube-system', () => {
    const { istio } = settingsOf({ profile: 'openshift', values: { global: { logAsJson: true } } });
    expect(istio).toMatchObject({
      profile: 'default',
      values: { global: { platform: 'openshift', logAsJson: true } },
      cni: { namespace: 'kube-system' },
    });
  });

  test.each<[string, object, object | undefined]>([
    ['in another namespace', { cni: { namespace: 'agents' } }, { namespace: 'agents' }],
    [
      'in the namespace of the component',
      { components: { cni: { namespace: 'agents' } } },
      { namespace: 'agents' },
    ],
    ['enabled as a component, too', { components: { cni: { enabled: true } } }, { namespace: 'kube-system' }],
    ['disabled', { cni: 'disabled' }, undefined],
    ['disabled as a component', { components: { cni: { enabled: false } } }, undefined],
  ])('can have its node agent %s', (_, settings, cni) => {
    expect(settingsOf({ profile: 'openshift', ...settings }).istio?.cni).toEqual(cni);
  });

  test('can be that of one cluster', () => {
    const { clusters } = defineMesh({
      meshID: 'mesh1',
      clusters: [
        { name: 'a', network: 'n', istio: { profile: 'openshift' } },
        { name: 'b', network: 'm' },
      ],
    });
    expect(clusters.map(({ istio }) => [istio.values, istio.cni])).toEqual([
      [{ global: { platform: 'openshift' } }, { namespace: 'kube-system' }],
      [{}, undefined],
    ]);
  });
});
