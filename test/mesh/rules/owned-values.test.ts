import { expect, test } from 'vitest';
import { parseMesh } from '../../../src/mesh/mesh-file';

const mesh = (secrets: string, ofMesh = '', ofCluster = ''): string => `meshID: mesh1
istio: { values: { pilot: { env: { ${ofMesh} } } } }
clusters:
  - { name: a, network: n1 }
  - name: b
    network: n2
    secrets: ${secrets}
    istio: { values: { pilot: { env: { ${ofCluster} } } } }
`;
const istioCsr = '{ backend: cert-manager, remoteSecrets: plain, certManager: { istioCsr: enabled } }';

test.each([
  ['of the mesh', mesh(istioCsr, 'ENABLE_CA_SERVER: "true"'), 'mesh.yaml:2:36: MESH-OWNED-VALUE'],
  ['of the cluster', mesh(istioCsr, '', 'ENABLE_CA_SERVER: "true"'), 'mesh.yaml:8:40: MESH-OWNED-VALUE'],
])('istiod cannot issue certificates beside istio-csr, through the values %s', (_, text, location) => {
  expect(() => parseMesh(text, 'mesh.yaml')).toThrow(location);
});

test('clusters without istio-csr can set the value', () => {
  expect(() => parseMesh(mesh('{}', 'ENABLE_CA_SERVER: "false"'), 'mesh.yaml')).not.toThrow();
});

test('a certificate cannot be renewed before it is issued', () => {
  const certManager = 'certManager: { issuer: { name: i }, duration: 24h, renewBefore: 24h }';
  const text = mesh(`{ backend: cert-manager, remoteSecrets: plain, ${certManager} }`);
  expect(() => parseMesh(text, 'mesh.yaml')).toThrow(
    /^mesh\.yaml:7:74: MESH-SECRETS: renewBefore, 24h, is not shorter/,
  );
});

const rotating = (pilotEnv: string, defaultConfig = ''): string => `meshID: mesh1
certificates: { rootRotation: enabled }
istio: { values: { pilot: { env: { ${pilotEnv} } }, meshConfig: { defaultConfig: { ${defaultConfig} } } } }
clusters: [{ name: a, network: n1 }]
`;

test.each([
  ['of istiod', rotating('ISTIO_MULTIROOT_MESH: "false"')],
  ['of proxies', rotating('', 'proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "no" }')],
])('a variable %s cannot contradict that the mesh is prepared for a second root', (_, text) => {
  expect(() => parseMesh(text, 'mesh.yaml')).toThrow('MESH-OWNED-VALUE');
});

test('a variable that says the same as certificates.rootRotation is accepted', () => {
  const text = rotating('ISTIO_MULTIROOT_MESH: "true"', 'proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" }');
  expect(() => parseMesh(text, 'mesh.yaml')).not.toThrow();
});
