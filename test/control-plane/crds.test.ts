import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readCrds } from '../../scripts/imports/crd-files.mjs';
import { crdManifests, gatewayApiManifests } from '../../src/control-plane/crds';
import type { IstioRelease } from '../../src/control-plane/istio-release';
import { type IstioMinorVersion, supportedMinorVersions } from '../../src/mesh/istio-version';

const imports = (folder: string) => readCrds(fileURLToPath(new URL(folder, import.meta.url)));
const releases = imports('../../imports');
const texts = [
  ...releases.map(({ minorVersion, crds }) => ({
    what: `Istio ${minorVersion}`,
    text: crdManifests(minorVersion as IstioMinorVersion),
    crds,
  })),
  ...imports('../../imports/gateway-api').map(({ minorVersion, crds }) => ({
    what: `the Gateway API ${minorVersion}`,
    text: gatewayApiManifests(minorVersion as IstioRelease['gatewayApi']),
    crds,
  })),
];

test('there are CRDs of every supported minor version', () => {
  expect(releases.map(({ minorVersion }) => minorVersion)).toEqual([...supportedMinorVersions]);
});

describe.each(texts)('the text of the CRDs of $what', ({ text, crds }) => {
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
