import { App, Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaCertsCertificate } from '../../src/constructs/cert-manager';
import {
  ControlPlane,
  DefaultRevision,
  DefaultValidator,
  ReaderServiceAccount,
} from '../../src/constructs/control-plane';
import { CrossNetworkGateway } from '../../src/constructs/cross-network-gateway';
import { EastWestGateway } from '../../src/constructs/east-west-gateway';
import { CaCertsExternalSecret, RemoteExternalSecret } from '../../src/constructs/external-secrets';
import { HelloWorld } from '../../src/constructs/hello-world';
import { IngressGateway } from '../../src/constructs/ingress-gateway';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { RenderedChart } from '../../src/constructs/rendered-chart';
import { CaCertsSecret, RemoteSecret } from '../../src/constructs/secrets';
import { defineMesh } from '../../src/mesh/define-mesh';
import { MeshError } from '../../src/problems/problem';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';

type AnyConstruct = new (scope: Construct, id: string, props: unknown) => Construct;

/** Constructs, with the names of their props. */
const constructs: readonly (readonly [unknown, readonly string[]])[] = [
  [CaCertsCertificate, ['clusterName', 'issuer', 'keyAlgorithm', 'duration', 'renewBefore', 'namespace']],
  [
    CaCertsExternalSecret,
    ['clusterName', 'store', 'path', 'separator', 'refreshInterval', 'crl', 'namespace'],
  ],
  [CaCertsSecret, ['caCert', 'caKey', 'rootCert', 'certChain', 'namespace']],
  [RemoteExternalSecret, ['clusterName', 'store', 'path', 'separator', 'refreshInterval', 'namespace']],
  [RemoteSecret, ['clusterName', 'kubeconfig', 'namespace']],
  [ControlPlane, ['version', 'hub', 'tag', 'revision', 'values', 'profile', 'requiredSecret']],
  [CrossNetworkGateway, ['selector', 'hosts', 'namespace']],
  [DefaultRevision, ['version', 'hub', 'tag', 'revision', 'values', 'profile']],
  [DefaultValidator, ['version', 'hub', 'tag', 'revision', 'values', 'profile']],
  [EastWestGateway, ['network', 'replicas', 'autoscaling', 'resources', 'service', 'revision', 'affinity']],
  [HelloWorld, ['version', 'hub', 'curlImage', 'namespace', 'revision']],
  [IngressGateway, ['version', 'values', 'profile']],
  [IstioMeshCluster, ['mesh', 'caCerts', 'remotes', 'controlPlane']],
  [ReaderServiceAccount, ['version', 'values']],
  [RenderedChart, ['manifests']],
];

function problemsOf(create: () => unknown): unknown {
  try {
    create();
  } catch (error) {
    expect(error).toBeInstanceOf(MeshError);
    return (error as MeshError).problems;
  }
  return undefined;
}

describe('props of any type', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });

  test.each(
    constructs.map(([construct, names]) => [(construct as AnyConstruct).name, construct, names] as const),
  )('make %s throw only MeshErrors', (_, construct, names) => {
    const create = construct as AnyConstruct;
    const props = fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(anything, props), (input) => {
        problemsOf(() => new create(Testing.chart(), 'construct', input));
      }),
      { numRuns: 200 },
    );
  });
});

test('an IstioMeshApp with wrong props throws only MeshErrors', () => {
  const mesh = defineMesh({ meshID: 'mesh1', clusters: [{ name: 'cluster1', network: 'network1' }] });
  const App = IstioMeshApp as unknown as new (props: unknown) => IstioMeshApp;
  const anything = fc.anything();
  const props = fc.record(
    { mesh: fc.oneof(fc.constant(mesh), anything), caCerts: anything, remotes: anything, outdir: anything },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, props), (input) => {
      problemsOf(() => new App(input));
    }),
    { numRuns: 200 },
  );
});

describe('wrong props are an error at the path of the construct', () => {
  const chart = () => new Chart(new App(), 'chart');
  const untyped = (construct: unknown) => construct as AnyConstruct;

  test.each([
    [
      'null',
      () => new (untyped(ControlPlane))(chart(), 'istio', null),
      [
        {
          code: 'MESH-TYPE',
          location: { path: 'chart/istio' },
          message: 'chart/istio is empty, not a map.',
          hint: 'Write a map, or remove the key.',
        },
      ],
    ],
    [
      'no network',
      () => new (untyped(EastWestGateway))(chart(), 'gateway', undefined),
      [
        {
          code: 'MESH-MISSING-KEY',
          location: { path: 'chart/gateway' },
          message: 'chart/gateway has no network.',
          hint: 'Add network: with a value.',
        },
      ],
    ],
    [
      'an unknown prop',
      () => new (untyped(HelloWorld))(chart(), 'hello', { version: 'v1', hub: 'hub', namspace: 'demo' }),
      [
        {
          code: 'MESH-UNKNOWN-KEY',
          location: { path: 'chart/hello.namspace' },
          message: '"namspace" is not a key of chart/hello.',
          hint: 'Write "namespace".',
        },
      ],
    ],
    [
      'no mesh',
      () => new (untyped(IstioMeshCluster))(new App(), 'cluster1', {}),
      [
        {
          code: 'MESH-MISSING-KEY',
          location: { path: 'cluster1' },
          message: 'The props have no mesh.',
          hint: 'Pass the mesh that loadMesh or defineMesh returns.',
        },
      ],
    ],
    [
      'a definition in place of a mesh',
      () =>
        new (untyped(IstioMeshCluster))(new App(), 'cluster1', {
          mesh: { meshID: 'mesh1', clusters: [{ name: 'cluster1', network: 'network1' }] },
        }),
      [
        {
          code: 'MESH-TYPE',
          location: { path: 'cluster1' },
          message: 'The mesh in the props is not a validated mesh.',
          hint: 'Pass the mesh that loadMesh or defineMesh returns.',
        },
      ],
    ],
  ])('%s', (_, create, problems) => {
    expect(problemsOf(create)).toEqual(problems);
  });
});
