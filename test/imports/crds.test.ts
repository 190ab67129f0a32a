import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCrds } from '../../scripts/imports/crd-files.mjs';
import { preferredVersion } from '../../scripts/imports/preferred-version.mjs';
import { withoutProse } from '../../scripts/imports/prose.mjs';
import { type Schema, schemasIn } from './schema-walk';

const crds = readCrds(fileURLToPath(new URL('../../imports/', import.meta.url)));

describe('the CRDs of imports/', () => {
  it.each(crds.map((crd) => [crd.metadata.name, crd]))('%s has no prose left', (_, crd) => {
    for (const version of crd.spec.versions) {
      const described = [...schemasIn(version.schema.openAPIV3Schema)].filter(
        (part) => 'description' in part,
      );
      expect(described).toEqual([]);
    }
  });

  it('keep the rules by which the API server judges a resource', () => {
    expect(JSON.stringify(crds)).toContain('"x-kubernetes-validations"');
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
