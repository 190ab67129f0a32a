import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';
import type { HelmValue, HelmValues } from '../../../src/mesh/helm-values';
import type { ControlPlaneFormat } from '../../../src/mesh/istio';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { formerDefaultsIn } from '../../../src/mesh/values/former-defaults';
import { formerValues } from '../../../src/mesh/values/former-values';
import type { IstioValues } from '../../../src/mesh/values/istio-values';
import { unsupportedValues } from '../../../src/mesh/values/unsupported-values';
import { problemsOf } from '../problems-of';

function meshOf(controlPlane: ControlPlaneFormat, values: IstioValues | HelmValues): AnyMeshDefinition {
  return {
    meshID: 'mesh1',
    istio: { controlPlane, values },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  };
}

describe('a value that the format native does not support', () => {
  test.each(unsupportedValues.map(({ path }) => ({ name: path.join('.'), path })))(
    '$name is refused, and passed on by other formats',
    ({ name, path }) => {
      const values = path.reduceRight<unknown>((within, key) => ({ [key]: within }), 'other') as HelmValues;
      const problems = problemsOf(() => defineMesh(meshOf('native', values)));
      expect(problems.map(({ code, location }) => [code, location.path])).toEqual([
        ['MESH-UNSUPPORTED-VALUE', `istio.values.${name}`],
      ]);
      for (const format of ['istioctl', 'operator'] as const) {
        expect(defineMesh(meshOf(format, values)).clusters[0]?.istio.values).toEqual(values);
      }
    },
  );
});

test('other formats pass on unknown values', () => {
  const keys = fc.stringMatching(/^x[a-z]{0,7}$/);
  // __proto__ is not an ordinary key in JavaScript, and no chart uses it.
  const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !JSON.stringify(json).includes('__proto__'));
  const values = fc.dictionary(keys, value, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.constantFrom('istioctl', 'operator'), values, (format, given) => {
      const mesh = defineMesh(meshOf(format as ControlPlaneFormat, given as HelmValues));
      expect(mesh.clusters[0]?.istio.values).toEqual(given);
    }),
  );
});

test('problems of values are reported with those of the definition and of other clusters', () => {
  const text = `meshID: mesh1
trustdomain: example.org
istio:
  controlPlane: native
  values: { pilot: { autoscaleMin: x, rplicaCount: 1 }, ownerName: me }
clusters:
  - name: cluster1
    network: 1
    istio: { values: { global: { logAsJson: yes } } }
`;
  const problems = problemsOf(() => parseMesh(text, 'mesh.yaml')).map(
    ({ code, location }) => `${location.line}:${location.column} ${code}`,
  );
  expect(problems).toEqual([
    '2:1 MESH-UNKNOWN-KEY',
    '5:36 MESH-TYPE',
    '5:39 MESH-UNKNOWN-KEY',
    '5:57 MESH-UNSUPPORTED-VALUE',
    '8:14 MESH-TYPE',
    '9:45 MESH-AMBIGUOUS',
  ]);
});

test('common values are accepted', () => {
  const values: IstioValues = {
    global: {
      imagePullSecrets: ['registry'],
      logging: { level: 'default:info,ads:debug' },
      proxy: {
        logLevel: 'info',
        resources: { requests: { cpu: '50m' }, limits: { cpu: null, memory: '512Mi' } },
        holdApplicationUntilProxyStarts: true,
      },
      proxy_init: { image: 'registry.example.com/proxyv2:1.31.0' },
      networkPolicy: { enabled: true },
    },
    pilot: {
      env: { PILOT_ENABLE_STATUS: true, PILOT_TRACE_SAMPLING: 5, A: 'b' },
      autoscaleMin: 2,
      rollingMaxSurge: '50%',
      rollingMaxUnavailable: 1,
      pdb: { maxUnavailable: 1 },
      tolerations: [{ key: 'infra', operator: 'Exists' }],
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
      taint: { enabled: true },
    },
    meshConfig: {
      accessLogFile: '/dev/stdout',
      accessLogEncoding: 'JSON',
      defaultConfig: {
        holdApplicationUntilProxyStarts: true,
        proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' },
        statsCompression: false,
      },
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      extensionProviders: [
        { name: 'otel', opentelemetry: { service: 'collector.observability.svc.cluster.local', port: 4317 } },
        { name: 'own', kindOfSomeLaterVersion: { service: 'als', port: 1 } },
      ],
      hbone_idle_timeout: '1h',
      keyOfSomeLaterVersion: 1,
    },
    gateways: {
      'istio-ingressgateway': {
        serviceAnnotations: { 'example.com/internal': 'true' },
        ports: [{ name: 'https', port: 443, targetPort: 8443 }],
      },
    },
    revisionTags: ['prod'],
    compatibilityVersion: '1.30',
    platform: 'gke',
  };
  expect(problemsOf(() => defineMesh(meshOf('native', values)))).toEqual([]);
});

test('an undefined value is the same as a missing one', () => {
  const values: IstioValues = { global: undefined, pilot: { autoscaleMin: undefined, autoscaleMax: 3 } };
  for (const format of ['native', 'istioctl'] as const) {
    const [cluster] = defineMesh(meshOf(format, values)).clusters;
    expect(cluster?.istio.values).toStrictEqual({ pilot: { autoscaleMax: 3 } });
  }
});

test('null is refused for values that Istio requires', () => {
  const nulls: HelmValues[] = [
    { global: null },
    { pilot: { env: null } },
    { global: { proxy: { image: null } } },
    { meshConfig: null },
  ];
  for (const values of nulls) {
    expect(problemsOf(() => defineMesh(meshOf('native', values))).map(({ code }) => code)).toEqual([
      'MESH-TYPE',
    ]);
  }
});

test('values have the types that Istio reads, and are kept as the user wrote them', () => {
  const values: HelmValues = {
    pilot: { replicaCount: '2', traceSampling: '0.5', resources: null, nodeSelector: { zone: 1 }, tag: 1.31 },
    global: { proxy: { resources: { limits: null } }, defaultNodeSelector: { gateways: true } },
    gateways: {
      'istio-ingressgateway': { ports: [{ name: 'https', port: '443' }], podAnnotations: { a: 1 } },
    },
    meshConfig: { defaultConfig: { concurrency: '2' } },
  };
  expect(defineMesh(meshOf('native', values)).clusters[0]?.istio.values).toEqual(values);
});

test.each<[string, HelmValues, string]>([
  ['a switch in quotes', { global: { logAsJson: 'true' } }, 'Write true or false.'],
  ['half a pod', { pilot: { replicaCount: '1.5' } }, 'Write a whole number from 0 to 2147483647.'],
  ['too high a port', { global: { sts: { servicePort: '70000' } } }, 'Write a whole number from 0 to 65535.'],
  [
    'a text of the mesh configuration that is a boolean',
    { meshConfig: { defaultConfig: { proxyMetadata: { A: true } } } },
    'Write it in quotes: "true".',
  ],
])('%s is refused, as istioctl does', (_, values, hint) => {
  expect(problemsOf(() => defineMesh(meshOf('native', values))).map((problem) => problem.hint)).toEqual([
    hint,
  ]);
});

describe('the hint for', () => {
  test.each(formerValues.map(({ path, hint }) => ({ name: path.join('.'), path, hint })))(
    'the former value $name is its own and only one',
    ({ path, hint }) => {
      const at = (value: HelmValue) =>
        path.reduceRight<HelmValue>((within, key) => ({ [key]: within }), value) as HelmValues;
      // What says the same as every mesh today has no hint.
      const values = [true, false, 'other'].map(at).find((each) => formerDefaultsIn(each).length === 0) ?? {};
      expect(problemsOf(() => defineMesh(meshOf('native', values))).map((problem) => problem.hint)).toEqual([
        hint,
      ]);
    },
  );

  test.each([
    ['global.proxy.concurrency', 'Write meshConfig.defaultConfig.concurrency instead.'],
    ['global.proxy.accessLogFile', 'Write meshConfig.accessLogFile instead.'],
    ['global.outboundTrafficPolicy', 'Write meshConfig.outboundTrafficPolicy instead.'],
    [
      'pilot.podDisruptionBudget',
      'Write global.defaultPodDisruptionBudget.enabled, or pilot.pdb for the bounds instead.',
    ],
    [
      'gateways.istio-ilbgateway',
      'Write istio-ingressgateway, or move the gateway to gateways of the mesh or of a cluster.',
    ],
  ])('%s leads to its successor', (name, hint) => {
    const values = name
      .split('.')
      .reduceRight<unknown>((within, key) => ({ [key]: within }), { a: 1 }) as HelmValues;
    expect(problemsOf(() => defineMesh(meshOf('native', values))).map((problem) => problem.hint)).toEqual([
      hint,
    ]);
  });

  test.each(['native', 'istioctl', 'operator'] as const)(
    'a whole IstioOperator, in the format %s',
    (format) => {
      const operator = {
        apiVersion: 'install.istio.io/v1alpha1',
        kind: 'IstioOperator',
        spec: { values: { pilot: { autoscaleMin: 2 } } },
        components: { pilot: { enabled: true } },
      };
      const problems = problemsOf(() => defineMesh(meshOf(format, operator)));
      expect(problems.map(({ code, location }) => [code, location.path])).toEqual(
        ['apiVersion', 'kind', 'spec', 'components'].map((key) => [
          'MESH-UNKNOWN-KEY',
          `istio.values.${key}`,
        ]),
      );
      for (const { hint } of problems) expect(hint).toContain('istio-mesh init --from FILE');
    },
  );

  test.each([
    ['platform-openshift', 'Write openshift.'],
    ['platform-k3s', 'Write default, and istio.values.global.platform: k3s.'],
    ['gke', 'Write default, and istio.values.global.platform: gke.'],
    ['ambient', 'Write dataPlane: ambient at the top level instead of the profile.'],
    [
      'openshift-ambient',
      'Write dataPlane: ambient at the top level instead of the profile, and istio.values.global.platform: openshift.',
    ],
    ['remote', 'Write default or minimal: every cluster of the mesh has its own istiod.'],
    ['external', 'Write default or minimal: every cluster of the mesh has its own istiod.'],
    [
      'empty',
      'Write minimal, which has istiod and no ingress gateway: every cluster of the mesh has an istiod.',
    ],
    ['compatibility-version-1.29', 'Write default, and istio.values.compatibilityVersion: "1.29".'],
  ])('the profile %s says what to write, also as a value', (profile, hint) => {
    const ofMesh = { ...meshOf('native', {}), istio: { profile } } as unknown as AnyMeshDefinition;
    expect(problemsOf(() => defineMesh(ofMesh)).map((problem) => problem.hint)).toEqual([hint]);
    expect(
      problemsOf(() => defineMesh(meshOf('native', { profile }))).map((problem) => problem.hint),
    ).toEqual([`Remove it. For istio.profile: ${hint}`]);
  });
});

describe("what Istio's charts refuse", () => {
  const stackdriver = { stackdriver: { debug: false } };
  test.each<[string, HelmValues]>([
    ['global.tracer.stackdriver.debug', { global: { tracer: stackdriver } }],
    [
      'meshConfig.defaultConfig.tracing.stackdriver.debug',
      { meshConfig: { defaultConfig: { tracing: stackdriver } } },
    ],
    ['global.pilotCertProvider', { global: { pilotCertProvider: 'kubernetes' } }],
  ])('is refused in every format: %s', (name, values) => {
    for (const format of ['native', 'istioctl', 'operator'] as const) {
      expect(
        problemsOf(() => defineMesh(meshOf(format, values))).map(({ code, location }) => [
          code,
          location.path,
        ]),
      ).toEqual([['MESH-UNSUPPORTED-VALUE', `istio.values.${name}`]]);
    }
    const older = meshOf('istioctl', values);
    expect(problemsOf(() => defineMesh({ ...older, istio: { ...older.istio, version: '1.28.0' } }))).toEqual(
      [],
    );
  });
});
