import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import * as istio from '../../imports';
import { readNewestCrds } from '../../scripts/imports/crd-files.mjs';
import { preferredVersion } from '../../scripts/imports/preferred-version.mjs';
import { type Schema, schemasIn } from './schema-walk';

const folder = fileURLToPath(new URL('../../imports', import.meta.url));
const crds = readNewestCrds(folder).map((crd) => {
  const { name, schema } = preferredVersion(crd);
  const { properties } = schema.openAPIV3Schema;
  return {
    kind: crd.spec.names.kind as string,
    group: crd.spec.group as string,
    version: name,
    spec: properties.spec as Schema,
  };
});

type Resource = typeof ApiObject & { readonly GVK: { apiVersion: string; kind: string } };
const classes = new Map(
  Object.entries(istio).filter((entry): entry is [string, Resource & (typeof entry)[1]] => 'GVK' in entry[1]),
);

function synthesized(add: (chart: Chart) => void) {
  const chart = Testing.chart();
  add(chart);
  return Testing.synth(chart)[0];
}

describe('the classes of imports/', () => {
  it('are one for each CRD, of its newest served version', () => {
    const ofClasses = [...classes].map(([name, { GVK }]) => ({ name, ...GVK }));
    const ofCrds = crds.map(({ kind, group, version }) => ({
      name: kind,
      apiVersion: `${group}/${version}`,
      kind,
    }));
    const byKind = (a: { kind: string }, b: { kind: string }) => a.kind.localeCompare(b.kind);
    expect(ofClasses.sort(byKind)).toEqual(ofCrds.sort(byKind));
  });

  it.each([...classes])('%s synthesizes what it is given, and what it does not know besides', (_, Class) => {
    const metadata = { name: 'example', namespace: 'istio-system' };
    const spec = { fieldOfANewerIstio: { list: [1, 'two', { three: true }] } };
    const object = synthesized((chart) => {
      const resource = new Class(chart, 'example', { ...Class.GVK, metadata, ...{ spec } });
      resource.addJsonPatch(JsonPatch.add('/spec/patched', true));
    });
    expect(object).toEqual({ ...Class.GVK, metadata, spec: { ...spec, patched: true } });
    expect(Reflect.get(Class, 'manifest')({ metadata, spec })).toEqual({ ...Class.GVK, metadata, spec });
  });

  it('write the mode of a cross-network gateway as Istio spells it', () => {
    const gateway = synthesized((chart) => {
      new istio.Gateway(chart, 'gateway', {
        metadata: { name: 'cross-network-gateway' },
        spec: {
          servers: [
            {
              hosts: ['*.local'],
              port: { name: 'tls', number: 15443, protocol: 'TLS' },
              tls: { mode: istio.GatewaySpecServersTlsMode.AUTO_PASSTHROUGH },
            },
          ],
        },
      });
    });
    expect(gateway.spec.servers[0].tls).toEqual({ mode: 'AUTO_PASSTHROUGH' });
  });
});

describe('the types of imports/', () => {
  it.each(crds.map(({ kind, ...crd }) => [kind, crd]))(
    '%s has the properties and values of its schema',
    (kind, { group, spec }) => {
      const source = readFileSync(`${folder}/${group}.ts`, 'utf8');
      const blocks = [...source.matchAll(/^export (interface|enum) (\w+) {\n([\s\S]*?)^}/gm)].filter(
        ([, , name]) => name?.startsWith(`${kind}Spec`),
      );
      const found = (keyword: string, member: RegExp) =>
        new Set(
          blocks.flatMap((block) =>
            block[1] === keyword ? [...(block[3] ?? '').matchAll(member)].map((match) => match[1]) : [],
          ),
        );

      const schemas = [...schemasIn(spec)];
      const properties = schemas.flatMap(({ properties = {} }) => Object.keys(properties));
      const values = schemas.flatMap((schema) => schema.enum ?? []);
      const deprecated = ['jwks_uri', 'mirror_percent'];
      expect(found('interface', /^ {2}readonly (\w+)/gm)).toEqual(
        new Set(properties.filter((name) => !deprecated.includes(name))),
      );
      expect(found('enum', /= "(.*)"/g)).toEqual(new Set(values));
    },
  );
});
