import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clusterInput, clusterValues } from '../../src/control-plane/input';
import { meshConfigMap } from '../../src/control-plane/istiod/mesh-config';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import type { HelmValues } from '../../src/mesh/helm-values';
import { allIssuedNames, issuedNamesOf } from '../../src/pki/issued-names';
import { valueAt } from '../../src/problems/problem';

type Domains = readonly (string | undefined)[];

function meshOf(domains: Domains, further: Partial<AnyMeshDefinition> = {}) {
  const clusters = domains.map((trustDomain, index) => ({
    name: `cluster${index + 1}`,
    network: `network${index + 1}`,
    ...(trustDomain === undefined ? {} : { trustDomain }),
  }));
  return defineMesh({ meshID: 'mesh1', clusters, ...further });
}

/** What each istiod reads. */
function configs(domains: Domains, further?: Partial<AnyMeshDefinition>): unknown[] {
  const mesh = meshOf(domains, further);
  return mesh.clusters.map((cluster) => {
    const [configMap] = meshConfigMap(clusterInput(mesh, cluster));
    const { trustDomain, trustDomainAliases } = parse(String(valueAt(configMap, ['data', 'mesh'])));
    return [trustDomain, trustDomainAliases];
  });
}

describe('each cluster has its trust domain, and those of the others as aliases', () => {
  test('without a setting there is one trust domain', () => {
    expect(configs([undefined, undefined])).toEqual([
      ['cluster.local', undefined],
      ['cluster.local', undefined],
    ]);
  });

  test('in the order of the clusters, each once', () => {
    expect(
      configs(['b.example', 'a.example', undefined, 'b.example'], { trustDomain: 'mesh.example' }),
    ).toEqual([
      ['b.example', ['a.example', 'mesh.example']],
      ['a.example', ['b.example', 'mesh.example']],
      ['mesh.example', ['b.example', 'a.example']],
      ['b.example', ['a.example', 'mesh.example']],
    ]);
  });

  test('after the aliases of the user', () => {
    const values: HelmValues = { meshConfig: { trustDomainAliases: ['old.example', 'b.example'] } };
    expect(configs(['a.example', 'b.example', 'c.example'], { istio: { values } })).toEqual([
      ['a.example', ['old.example', 'b.example', 'c.example']],
      ['b.example', ['old.example', 'b.example', 'a.example', 'c.example']],
      ['c.example', ['old.example', 'b.example', 'a.example']],
    ]);
  });

  test('under the name that the user chose', () => {
    const meshConfig = { trust_domain_aliases: ['old.example'] };
    const mesh = meshOf(['a.example', 'b.example'], {
      istio: { controlPlane: 'operator', values: { meshConfig } },
    });
    expect(mesh.clusters.map((cluster) => clusterValues(mesh, cluster).meshConfig)).toEqual([
      { trustDomain: 'a.example', trust_domain_aliases: ['old.example', 'b.example'] },
      { trustDomain: 'b.example', trust_domain_aliases: ['old.example', 'a.example'] },
    ]);
  });
});

test('certificates must permit the names in the trust domain of their cluster, and the root all of them', () => {
  const mesh = meshOf(['a.example', 'b.example']);
  const uri = (domain: string) => `spiffe://${domain}/ns/istio-system/sa/istiod`;
  expect(issuedNamesOf(mesh)('cluster2').uris).toEqual([uri('b.example')]);
  expect(allIssuedNames(mesh).uris).toEqual([uri('a.example'), uri('b.example')]);
});

test('a value of a cluster that repeats its trust domain is accepted', () => {
  const values = { meshConfig: { trustDomain: 'a.example' } };
  const cluster = { name: 'cluster1', network: 'network1', trustDomain: 'a.example' };
  expect(() => defineMesh({ meshID: 'mesh1', clusters: [{ ...cluster, istio: { values } }] })).not.toThrow();
});
