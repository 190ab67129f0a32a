import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readCrds } from '../../scripts/imports/crd-files.mjs';
import { crdManifests } from '../../src/control-plane/crds';
import { type IstioMinorVersion, supportedMinorVersions } from '../../src/mesh/istio-version';

const releases = readCrds(fileURLToPath(new URL('../../imports', import.meta.url)));

test('there are CRDs of every supported minor version', () => {
  expect(releases.map(({ minorVersion }) => minorVersion)).toEqual([...supportedMinorVersions]);
});

describe.each(releases)('the text of the CRDs of Istio $minorVersion', ({ minorVersion, crds }) => {
  const text = crdManifests(minorVersion as IstioMinorVersion);

  // YAML 1.1 is what kubectl reads.
  it.each(['1.1', '1.2'] as const)('reads as those of imports/ in YAML %s', (version) => {
    const documents = parseAllDocuments(text, { version });
    expect(documents.map((document) => document.toJS())).toEqual(crds);
  });

  it('has its keys in lines of their own, for people to read a diff', () => {
    const flow = text.split('\n').filter((line) => /^ *(- )?[\w.-]+: [{[][^}\]]/.test(line));
    expect(flow).toEqual([]);
  });
});
