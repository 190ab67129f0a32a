import { ApiObject, App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';

const rendered = { crds: '', controlPlane: '', defaultValidator: '' };

function objectsOf(definition: Partial<AnyMeshDefinition>): PlainObject[] {
  const mesh = defineMesh({
    meshID: 'mesh1',
    clusters: [{ name: 'cluster1', network: 'network1' }],
    verification: { helloWorld: 'enabled' },
    ...definition,
  });
  const cluster = new IstioMeshCluster(new App(), 'cluster1', { mesh, controlPlane: rendered });
  return cluster.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson());
}

function named(objects: readonly PlainObject[], kind: string): string[] {
  return objects
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    .sort();
}

interface Pod {
  readonly securityContext?: object;
  readonly containers: readonly { readonly securityContext?: object }[];
}

function podOf(spec: PlainObject['spec']): Pod {
  return (
    (spec as { readonly template: { readonly spec: Pod } } | undefined)?.template.spec ?? { containers: [] }
  );
}

/** The Pod Security levels of the control plane's namespace and of HelloWorld's. */
function levels(istio: AnyMeshDefinition['istio']): unknown[] {
  return objectsOf({ security: 'hardened', istio })
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce']);
}

/** The ports of the east-west gateway's Service, and those that its NetworkPolicy opens. */
function gatewayPorts(objects: readonly PlainObject[]): number[][] {
  return ['Service', 'NetworkPolicy'].map((kind) => {
    const gateway = objects.find(
      (each) => each.kind === kind && each.metadata.name === 'istio-eastwestgateway',
    );
    const ports = [...JSON.stringify(gateway?.spec ?? {}).matchAll(/"port":(\d+)/g)];
    return [...new Set(ports.map(([, port]) => Number(port)))].sort();
  });
}

describe('a hardened mesh', () => {
  const hardened = objectsOf({ security: 'hardened' });

  test('makes mutual TLS mandatory in the root namespace', () => {
    expect(named(hardened, 'PeerAuthentication')).toEqual(['istio-system/default']);
    const values = { meshConfig: { rootNamespace: 'mesh-config' } };
    const moved = objectsOf({ security: 'hardened', istio: { values } });
    expect(named(moved, 'PeerAuthentication')).toEqual(['mesh-config/default']);
  });

  test('has a NetworkPolicy for istiod and each gateway', () => {
    expect(named(hardened, 'NetworkPolicy')).toEqual([
      'istio-system/istio-eastwestgateway',
      'istio-system/istio-ingressgateway',
      'istio-system/istiod',
    ]);
  });

  test('has pods that the Pod Security level restricted admits', () => {
    const pods = hardened.flatMap(({ kind, spec }) => (kind === 'Deployment' ? [podOf(spec)] : []));
    expect(pods).toHaveLength(5);
    for (const { securityContext = {}, containers } of pods) {
      for (const container of containers) {
        expect({ ...securityContext, ...container.securityContext }).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        });
      }
    }
  });

  test('labels namespaces with the strictest level that admits their pods', () => {
    expect(levels({})).toEqual(['restricted', 'privileged']);
    expect(levels({ controlPlane: 'istioctl' })).toEqual(['baseline', 'privileged']);
    expect(levels({ values: { pilot: { cni: { enabled: true } } } })).toEqual(['privileged', 'restricted']);
    expect(levels({ cni: 'enabled' })).toEqual(['privileged', 'restricted']);
    expect(levels({ cni: 'enabled', values: { pilot: { cni: { enabled: false } } } })).toEqual([
      'privileged',
      'privileged',
    ]);
    expect(levels({ cni: { namespace: 'kube-system' } })).toEqual(['restricted', 'restricted']);
    expect(levels({ cni: { namespace: 'istio-cni' } })).toEqual(['restricted', 'privileged', 'restricted']);
  });

  test('opens no ports of istiod on the east-west gateway unless they are asked for', () => {
    const objects = (definition: Partial<AnyMeshDefinition>) =>
      objectsOf({ security: 'hardened', ...definition });
    expect(gatewayPorts(objects({}))).toEqual([
      [15021, 15443],
      [15020, 15021, 15090, 15443],
    ]);
    const eastWestGateway = { istiodPorts: 'enabled' } as const;
    const clusters = [{ name: 'cluster1', network: 'network1', eastWestGateway }];
    expect(gatewayPorts(objects({ clusters }))).toEqual([
      [15012, 15017, 15021, 15443],
      [15012, 15017, 15020, 15021, 15090, 15443],
    ]);
    const operator = JSON.stringify(objects({ istio: { controlPlane: 'operator' } }));
    expect(operator).toContain('"targetPort":15443');
    expect(operator).not.toMatch(/1501[27]/);
  });

  test('leaves the last word to the values of the user', () => {
    const istio = { values: { global: { networkPolicy: { enabled: false } } } };
    expect(named(objectsOf({ security: 'hardened', istio }), 'NetworkPolicy')).toEqual([]);
  });
});

test('without hardening, a mesh has only what Istio installs', () => {
  expect(objectsOf({})).toEqual(objectsOf({ security: 'istio' }));
  const text = JSON.stringify(objectsOf({}));
  for (const part of ['PeerAuthentication', '"NetworkPolicy"', 'pod-security', 'RuntimeDefault']) {
    expect(text).not.toContain(part);
  }
  expect(gatewayPorts(objectsOf({ clusters: [{ name: 'cluster1', network: 'n' }] }))[0]).toEqual([
    15012, 15017, 15021, 15443,
  ]);
});
