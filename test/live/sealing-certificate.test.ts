import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { join } from '../../src/live/join';
import { defineMesh } from '../../src/mesh/define-mesh';
import { sealingPair } from '../secrets/encryption/secret';
import { temporaryFolder } from '../temporary-folder';
import { type LocalServer, startServer } from './api-server';

/** The responses of the API server. The end-to-end tests use a real controller. */
let answers: Readonly<Record<string, { readonly code?: number; readonly body: string }>>;
let api: LocalServer;
let directory: string;

const services = '/api/v1/namespaces/kube-system/services';
const serviceWith = (ports: readonly object[]) => ({
  body: JSON.stringify({ apiVersion: 'v1', kind: 'Service', spec: { ports } }),
});
const resources = {
  body: JSON.stringify({
    kind: 'APIResourceList',
    resources: [{ kind: 'Service', name: 'services', namespaced: true }],
  }),
};
const version = { body: JSON.stringify({ major: '1', minor: '34' }) };

function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const { code = 200, body } = answers[url.replace(/\/$/, '')] ?? {
    code: 404,
    body: '{"kind":"Status","message":"not found"}',
  };
  const type = body.startsWith('{') ? 'application/json' : 'application/x-pem-file';
  response.writeHead(code, { 'content-type': type });
  response.end(body);
}

beforeAll(async () => {
  api = await startServer(answer);
});
afterAll(async () => api.close());
beforeEach(() => {
  directory = temporaryFolder();
  writeFileSync(
    joinPath(directory, 'kubeconfig'),
    `current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${api.server}", certificate-authority-data: ${api.caData}}}]
users: [{name: u, user: {token: sesame}}]
`,
  );
});

async function fetchCertificate(responses: typeof answers, secrets: object = {}) {
  answers = { '/version': version, '/api/v1': resources, ...responses };
  const mesh = defineMesh({
    meshID: 'mesh1',
    secrets: { backend: 'sealed-secrets' },
    // The kubeconfig of a loopback address cannot be written; the certificate can.
    clusters: [{ name: 'cluster1', network: 'n', kubeconfig: 'kubeconfig', secrets }],
  });
  const { clusters, problems } = await join(mesh, { directory });
  return { ...clusters[0], problems: problems.filter(({ code }) => code !== 'REMOTE-LOOPBACK') };
}

const file = 'sealing-certificates/cluster1.pem';
const certificateOf = (port: string) =>
  `${services}/http:sealed-secrets-controller:${port}/proxy/v1/cert.pem`;

test.each([
  [
    'http',
    [
      { name: 'http', port: 8080 },
      { name: 'metrics', port: 8081 },
    ],
  ],
  ['', [{ port: 8080 }]],
])('is fetched from the first port of the Service, %j, and readable by all users', async (port, ports) => {
  const { cert } = sealingPair();
  const { sealingCertificate, problems } = await fetchCertificate({
    [`${services}/sealed-secrets-controller`]: serviceWith(ports),
    [certificateOf(port)]: { body: cert },
  });
  expect({ sealingCertificate, problems }).toEqual({
    sealingCertificate: { file, status: 'new' },
    problems: [],
  });
  expect(readFileSync(joinPath(directory, file), 'utf8')).toBe(cert);
  expect(statSync(joinPath(directory, file)).mode & 0o777).toBe(0o644);
});

test('is fetched from the Service in mesh.yaml', async () => {
  const service = '/api/v1/namespaces/vault/services/sealer';
  const { sealingCertificate } = await fetchCertificate(
    {
      [service]: serviceWith([{ name: 'web', port: 80 }]),
      '/api/v1/namespaces/vault/services/http:sealer:web/proxy/v1/cert.pem': { body: sealingPair().cert },
    },
    { sealedSecrets: { certificate: 'custom.pem', controller: { name: 'sealer', namespace: 'vault' } } },
  );
  expect(sealingCertificate).toEqual({ file: 'custom.pem', status: 'new' });
});

test.each<[title: string, code: string, message: RegExp, responses: typeof answers]>([
  ['no Service', 'LIVE-SEALED-SECRETS', /no Service kube-system\/sealed-secrets-controller/, {}],
  [
    'no endpoint of the Service',
    'LIVE-API',
    /call Service kube-system\/sealed-secrets-controller: cluster1 answered with status 503\. cluster1 answered: no endpoints/,
    {
      [`${services}/sealed-secrets-controller`]: serviceWith([{ name: 'http', port: 8080 }]),
      [certificateOf('http')]: { code: 503, body: '{"kind":"Status","message":"no endpoints available"}' },
    },
  ],
  [
    'an answer that is no certificate',
    'SECRET-CERTIFICATE',
    /Service kube-system\/sealed-secrets-controller cannot be used\. It contains no PEM certificate/,
    {
      [`${services}/sealed-secrets-controller`]: serviceWith([{ name: 'http', port: 8080 }]),
      [certificateOf('http')]: { body: '<html>' },
    },
  ],
])('is not written in case of %s', async (_title, code, message, responses) => {
  const { sealingCertificate, problems } = await fetchCertificate(responses);
  expect(sealingCertificate).toEqual({ file, status: 'failed' });
  expect(problems).toMatchObject([
    { code, location: { file: 'cluster1' }, message: expect.stringMatching(message) },
  ]);
  expect(existsSync(joinPath(directory, file))).toBe(false);
});

test('is not fetched for other backends', async () => {
  const { sealingCertificate, problems } = await fetchCertificate({}, { backend: 'plain' });
  expect({ sealingCertificate, problems }).toEqual({ sealingCertificate: undefined, problems: [] });
});

function recipientsOf(): string {
  return readFileSync(joinPath(directory, 'encrypted/recipients.yaml'), 'utf8');
}

function writeRecipients(text: string): void {
  mkdirSync(joinPath(directory, 'encrypted'), { recursive: true });
  writeFileSync(joinPath(directory, 'encrypted/recipients.yaml'), text);
}

/** Joins with a controller of a new key, and returns its fingerprint as well. */
async function joinWithNewKey(settings: { readonly secrets?: object; readonly isVerified?: boolean } = {}) {
  const { cert } = sealingPair();
  answers = {
    '/version': version,
    '/api/v1': resources,
    [`${services}/sealed-secrets-controller`]: serviceWith([{ name: 'http', port: 8080 }]),
    [certificateOf('http')]: { body: cert },
  };
  if (settings.isVerified === false) {
    const kubeconfig = joinPath(directory, 'kubeconfig');
    const text = readFileSync(kubeconfig, 'utf8');
    writeFileSync(
      kubeconfig,
      text.replace(/certificate-authority-data: [^}]+/, 'insecure-skip-tls-verify: true'),
    );
  }
  const mesh = defineMesh({
    meshID: 'mesh1',
    secrets: { backend: 'sealed-secrets' },
    clusters: [{ name: 'cluster1', network: 'n', kubeconfig: 'kubeconfig', secrets: settings.secrets ?? {} }],
  });
  const key = createHash('sha256').update(
    new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }),
  );
  return { ...(await join(mesh, { directory })), fingerprint: key.digest('hex') };
}

const others = 'cluster0:\n  cacerts:\n    - sealed-secrets strict 00\n';

test('is accepted if the cluster has none yet, and join names it', async () => {
  writeRecipients(others);
  const { acceptedRecipients, fingerprint, warnings } = await joinWithNewKey();
  const recipient = `sealed-secrets strict ${fingerprint}`;
  expect(acceptedRecipients).toEqual([{ cluster: 'cluster1', added: [recipient], removed: [] }]);
  expect(warnings).toEqual([]);
  expect(parse(recipientsOf())).toEqual({
    cluster0: { cacerts: ['sealed-secrets strict 00'] },
    cluster1: { cacerts: [recipient] },
  });
});

test('is not accepted if the key of the controller has changed, and a warning names both', async () => {
  writeRecipients(others);
  const first = await joinWithNewKey();
  const accepted = recipientsOf();
  const second = await joinWithNewKey();
  expect(recipientsOf()).toBe(accepted);
  expect(second.acceptedRecipients).toEqual([]);
  expect(second.warnings).toMatchObject([
    {
      code: 'SECRET-NEW-RECIPIENT',
      message: expect.stringContaining(
        `${second.fingerprint}, which is not accepted. Accepted: sealed-secrets strict ${first.fingerprint}.`,
      ),
      hint: expect.stringContaining('istio-mesh secrets --accept-recipients'),
    },
  ]);
});

test('is not accepted with a wider scope than the one that is', async () => {
  writeRecipients(others);
  await joinWithNewKey();
  const accepted = recipientsOf();
  const { acceptedRecipients } = await joinWithNewKey({
    secrets: { sealedSecrets: { scope: 'cluster-wide' } },
  });
  expect(acceptedRecipients).toEqual([]);
  expect(recipientsOf()).toBe(accepted);
});

test('is neither fetched nor accepted over a connection that is not verified', async () => {
  writeRecipients(others);
  const { acceptedRecipients } = await joinWithNewKey({ isVerified: false });
  expect(acceptedRecipients).toEqual([]);
  expect(recipientsOf()).toBe(others);
});

test('is accepted by the first synthesis, if nothing is accepted yet', async () => {
  const { acceptedRecipients } = await joinWithNewKey();
  expect(acceptedRecipients).toHaveLength(1);
  expect(existsSync(joinPath(directory, 'encrypted'))).toBe(false);
});

test('is a problem if the list of accepted recipients is damaged', async () => {
  writeRecipients('- no map');
  const { problems, acceptedRecipients } = await joinWithNewKey();
  expect(acceptedRecipients).toEqual([]);
  expect(problems).toContainEqual(expect.objectContaining({ code: 'SECRET-FILE' }));
  expect(recipientsOf()).toBe('- no map');
});
