import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCrds, writeCrds } from '../../scripts/imports/crd-files.mjs';
import { jsonPatch, patched } from '../../scripts/imports/json-patch.mjs';
import { preferredVersion } from '../../scripts/imports/preferred-version.mjs';
import { withoutProse } from '../../scripts/imports/prose.mjs';
import { temporaryFolder } from '../temporary-folder';
import { type Schema, schemasIn } from './schema-walk';

const releases = ['../../imports', '../../imports/gateway-api'].flatMap((folder) =>
  readCrds(fileURLToPath(new URL(folder, import.meta.url))),
);

describe.each(releases)('the CRDs of imports/ for Istio or the Gateway API $minorVersion', ({ crds }) => {
  it.each(crds.map((crd) => [crd.metadata.name, crd]))('%s has no prose left', (_, crd) => {
    for (const version of crd.spec.versions) {
      const described = [...schemasIn(version.schema.openAPIV3Schema)].filter(
        (part) => 'description' in part,
      );
      expect(described).toEqual([]);
    }
  });

  it('keep the validation rules of the API server', () => {
    expect(JSON.stringify(crds)).toContain('"x-kubernetes-validations"');
  });
});

describe('the files of crds/', () => {
  const crd = (name: string, fields: object) => ({
    metadata: { name },
    spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: { properties: fields } } }] },
  });
  const releases = [
    { minorVersion: '1.10', crds: [crd('a', { old: {}, new: {} }), crd('b', {}), crd('new', {})] },
    { minorVersion: '1.9', crds: [crd('a', { old: {} }), crd('b', {}), crd('gone', {})] },
    { minorVersion: '1.8', crds: [crd('a', { old: { type: 'string' } }), crd('b', {}), crd('gone', {})] },
  ];

  it('give back every line that was written, the newest first', () => {
    const folder = temporaryFolder();
    writeCrds(folder, releases);
    expect(readCrds(folder)).toEqual(releases);
  });

  it('store only the differences of an older release', () => {
    const folder = temporaryFolder();
    writeCrds(folder, releases);
    const path = '/a/spec/versions/0/schema/openAPIV3Schema/properties/old/type';
    expect(JSON.parse(readFileSync(`${folder}/crds/1.8.json`, 'utf8'))).toEqual([
      { op: 'add', path, value: 'string' },
    ]);
  });

  it('of any two documents hold what makes one the other', () => {
    // Few keys, lengths and values, so that two documents have much in common.
    const key = fc.constantFrom('a', 'b', 'a/b', '~', '~1', '0', '');
    const { document } = fc.letrec((tie) => ({
      document: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        fc.nat(1),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 2 }),
        tie('document'),
      ),
    }));
    fc.assert(
      fc.property(document, document, (from, to) => {
        const before = structuredClone(from);
        expect(patched(from, jsonPatch(from, to))).toEqual(to);
        expect(from).toEqual(before);
        expect(jsonPatch(to, structuredClone(to))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('prose', () => {
  const version = (openAPIV3Schema: Schema) => ({ name: 'v1', schema: { openAPIV3Schema } });
  const crd = (schema: Schema) => ({ spec: { versions: [version(schema)] } });

  it('is what a description says, not a property that has this name', () => {
    const described = {
      description: 'What it is.',
      properties: { description: { type: 'string', description: 'What to call it.' } },
    };
    const bare = { properties: { description: { type: 'string' } } };
    expect(withoutProse(crd(described))).toEqual(crd(bare));
  });

  it('is removed wherever a schema holds another', () => {
    const holders = (part: Schema): Schema => ({
      properties: { a: { items: part }, b: { additionalProperties: part } },
      oneOf: [{ not: part }, { anyOf: [part] }, { allOf: [part] }],
    });
    const described = holders({ type: 'string', description: 'What it is.' });
    expect(withoutProse(crd(described))).toEqual(crd(holders({ type: 'string' })));
  });

  it('is not data that looks like it', () => {
    const data = { default: { description: 'none' }, enum: [{ description: 'none' }] };
    expect(withoutProse(crd(data))).toEqual(crd(data));
  });
});

describe('the version that a class is made of', () => {
  const preferred = (...versions: string[]) =>
    preferredVersion({ spec: { versions: versions.map((name) => ({ name, served: !name.endsWith('9') })) } })
      .name;

  it('is the most stable, and of these the newest', () => {
    expect(preferred('v1alpha3', 'v1', 'v1beta1')).toBe('v1');
    expect(preferred('v1alpha3', 'v1beta1', 'v1beta2')).toBe('v1beta2');
    expect(preferred('v1', 'v2alpha1')).toBe('v1');
    expect(preferred('v1', 'v2')).toBe('v2');
  });

  it('is one that is served', () => {
    expect(preferred('v1beta1', 'v9')).toBe('v1beta1');
  });
});
