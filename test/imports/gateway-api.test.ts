import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readCrds } from '../../scripts/imports/crd-files.mjs';
import { gatewayApiVersions, readGatewayApi } from '../../scripts/imports/gateway-api.mjs';
import { releaseOf } from '../../src/control-plane/istio-release';
import { supportedMinorVersions } from '../../src/mesh/istio-version';
import { temporaryFolder } from '../temporary-folder';

const releases = readCrds(fileURLToPath(new URL('../../imports/gateway-api', import.meta.url)));
const bundleVersion = 'gateway.networking.k8s.io/bundle-version';

test('the versions are those of the supported versions of Istio', () => {
  const needed = supportedMinorVersions.map((minor) => releaseOf(`${minor}.0`).gatewayApi);
  expect(gatewayApiVersions).toEqual(needed);
  expect(releases.map(({ minorVersion }) => minorVersion)).toEqual(needed);
});

test('istiod reads the version and the channel of each definition', () => {
  for (const { minorVersion, crds } of releases) {
    const annotations = crds.map((crd) => crd.metadata.annotations);
    expect(new Set(annotations.map((each) => each[bundleVersion]))).toEqual(new Set([`v${minorVersion}`]));
    expect(new Set(annotations.map((each) => each['gateway.networking.k8s.io/channel']))).toEqual(
      new Set(['standard']),
    );
  }
});

test('the definitions of a clone are those of its tags, without what is released beside them', () => {
  const clone = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', clone, '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args]);
  const standard = join(clone, 'config/crd/standard');
  mkdirSync(standard, { recursive: true });
  git('init', '--quiet');
  for (const version of gatewayApiVersions) {
    const metadata = { name: 'gateways', annotations: { [bundleVersion]: version }, creationTimestamp: null };
    const crd = { kind: 'CustomResourceDefinition', metadata, spec: { versions: [] }, status: {} };
    writeFileSync(join(standard, 'gateways.yaml'), stringify(crd));
    writeFileSync(join(standard, 'policy.yaml'), stringify({ kind: 'ValidatingAdmissionPolicy' }));
    git('add', '--all');
    git('commit', '--quiet', '--message', version);
    git('tag', `v${version}`);
  }
  expect(readGatewayApi(clone)).toEqual(
    gatewayApiVersions.map((version: string) => ({
      minorVersion: version,
      crds: [
        {
          kind: 'CustomResourceDefinition',
          metadata: { name: 'gateways', annotations: { [bundleVersion]: version } },
          spec: { versions: [] },
        },
      ],
    })),
  );
});
