import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MeshError } from '../../src/problems/problem';
import { parseRemoteKubeconfig, validateRemoteKubeconfig } from '../../src/remotes/parse-remote-kubeconfig';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { temporaryFolder } from '../temporary-folder';
import { base64, issue, jsonWebToken } from './key-pair';

const now = new Date('2026-06-01T12:00:00Z');
const ca = issue('kubernetes');
const client = issue('reader');
const caData = base64(ca.certificate);

/** A kubeconfig; each test changes one part of it. */
function kubeconfig({ cluster = good.cluster, user = good.user, head = good.head } = {}): string {
  return [
    ...head, // line 1 to 5, the context from 3 on
    'clusters:', // line 6
    '- name: c1',
    '  cluster:',
    ...cluster.map((line) => `    ${line}`), // from line 9 on
    'users:',
    '- name: reader',
    '  user:',
    ...user.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

const good = {
  head: [
    'apiVersion: v1',
    'contexts:',
    '- name: main',
    '  context: {cluster: c1, user: reader}',
    'current-context: main',
  ],
  cluster: ['server: https://203.0.113.10:6443', `certificate-authority-data: ${caData}`],
  user: ['token: abc'],
};

const server = 'server: https://203.0.113.10:6443';
const authority = `certificate-authority-data: ${caData}`;
const passed = Math.floor(now.getTime() / 1000) - 60;

describe('a kubeconfig that istiod accepts', () => {
  it('is reduced to what istiod needs', () => {
    expect(parseRemoteKubeconfig(kubeconfig(), 'r.yaml', now)).toEqual({
      server: 'https://203.0.113.10:6443',
      certificateAuthorityData: caData,
      user: { token: 'abc' },
    });
  });

  it('can have a client certificate, a password, or a proxy', () => {
    const pair = [
      `client-certificate-data: ${base64(client.certificate)}`,
      `client-key-data: ${base64(client.key)}`,
    ];
    const { user } = parseRemoteKubeconfig(kubeconfig({ user: pair }), 'r.yaml', now);
    expect(user).toEqual({
      clientCertificateData: base64(client.certificate),
      clientKeyData: base64(client.key),
    });
    const proxied = [server, 'proxy-url: socks5://203.0.113.20:1080', 'tls-server-name: kubernetes'];
    const text = kubeconfig({ user: ['username: joe', "password: 'yes'"], cluster: proxied });
    expect(parseRemoteKubeconfig(text, 'r.yaml', now)).toEqual({
      server: 'https://203.0.113.10:6443',
      proxyUrl: 'socks5://203.0.113.20:1080',
      tlsServerName: 'kubernetes',
      user: { username: 'joe', password: 'yes' },
    });
  });

  it('can have a single context without current-context, and unused entries', () => {
    const head = [...good.head.slice(0, 4), 'preferences: {}'];
    expect(parseRemoteKubeconfig(kubeconfig({ head }), 'r.yaml', now).user).toEqual({ token: 'abc' });
    const others = '- name: other\n  user: {exec: {command: aws}}\n';
    expect(parseRemoteKubeconfig(kubeconfig() + others, 'r.yaml', now).user).toEqual({ token: 'abc' });
  });

  it('can be JSON, and can wrap base64', () => {
    const wrapped = base64(ca.certificate).replace(/(.{64})/g, '$1\n');
    const json = {
      contexts: [{ name: 'm', context: { cluster: 'c', user: 'u' } }],
      clusters: [
        { name: 'c', cluster: { server: 'https://a.example', 'certificate-authority-data': wrapped } },
      ],
      users: [{ name: 'u', user: { token: 't' } }],
    };
    const { certificateAuthorityData } = parseRemoteKubeconfig(JSON.stringify(json), 'r.yaml', now);
    expect(certificateAuthorityData).toBe(caData);
  });
});

describe('with a client certificate, as that of AKS', () => {
  const pair = [
    `client-certificate-data: ${base64(client.certificate)}`,
    `client-key-data: ${base64(client.key)}`,
  ];
  const certificate = {
    clientCertificateData: base64(client.certificate),
    clientKeyData: base64(client.key),
  };

  it.each([
    ['a token', ['token: abc'], { token: 'abc' }],
    ['a password', ['username: joe', 'password: secret'], { username: 'joe', password: 'secret' }],
  ])('%s is taken too', (_, lines, login) => {
    const text = kubeconfig({ user: [...pair, ...lines] });
    expect(parseRemoteKubeconfig(text, 'r.yaml', now).user).toEqual({ ...certificate, ...login });
  });

  it('and a token, kubectl presents the certificate and sends the token', async () => {
    const folder = temporaryFolder();
    const seen: unknown[] = [];
    const tls = { cert: ca.certificate, key: ca.key, requestCert: true, rejectUnauthorized: false };
    const apiServer = createServer(tls, (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      seen.push([request.headers.authorization, subject?.CN]);
      response.end('{}');
    });
    await new Promise<void>((resolve) => apiServer.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = apiServer.address() as AddressInfo;
      const file = join(folder, 'kubeconfig.yaml');
      const user = { token: 'abc', ...certificate };
      const remote = { server: `https://127.0.0.1:${port}`, certificateAuthorityData: caData, user };
      writeFileSync(file, formatRemoteKubeconfig('cluster1', remote));
      await promisify(execFile)('kubectl', [`--kubeconfig=${file}`, 'get', '--raw', '/version']);
      expect([...new Set(seen.map(String))]).toEqual(['Bearer abc,reader']);
    } finally {
      apiServer.close();
    }
  });
});

describe('a kubeconfig that istiod rejects or cannot use', () => {
  const expired = jsonWebToken({ exp: passed });
  const wrongKey = base64(ca.key);
  const clientData = `client-certificate-data: ${base64(client.certificate)}`;
  const der = Buffer.from(ca.certificate.replace(/-----.*-----|\s/g, ''), 'base64').toString('base64');
  const twice = (line: string) => `${kubeconfig()}${line}\n`;
  const cases: [name: string, text: string, code: string, line: number, column: number][] = [
    ['nothing', '', 'REMOTE-SYNTAX', 1, 1],
    ['other YAML', 'kind: Secret\n', 'REMOTE-SYNTAX', 1, 1],
    ['broken YAML', 'clusters: [\nusers: []', 'REMOTE-SYNTAX', 2, 1],
    ['a key twice', kubeconfig({ user: ['token: a', 'token: b'] }), 'REMOTE-SYNTAX', 15, 5],
    ['no context', kubeconfig({ head: ['contexts: []'] }), 'REMOTE-CONTEXT', 1, 1],
    [
      'an unknown current context',
      kubeconfig({ head: [...good.head.slice(0, 4), 'current-context: mian'] }),
      'REMOTE-CONTEXT',
      5,
      18,
    ],
    [
      'several contexts, none current',
      kubeconfig({ head: [...good.head.slice(0, 4), '- {name: b, context: {cluster: c1}}'] }),
      'REMOTE-CONTEXT',
      1,
      1,
    ],
    [
      'an unknown cluster',
      kubeconfig({ head: good.head.map((line) => line.replace('cluster: c1', 'cluster: c2')) }),
      'REMOTE-CONTEXT',
      4,
      22,
    ],
    [
      'an unknown user',
      kubeconfig({ head: good.head.map((line) => line.replace('user: reader', 'user: writer')) }),
      'REMOTE-CONTEXT',
      4,
      32,
    ],
    ['no server', kubeconfig({ cluster: [authority] }), 'REMOTE-SERVER', 9, 5],
    ['half an address', kubeconfig({ cluster: ['server: 203.0.113.10:6443'] }), 'REMOTE-SERVER', 9, 13],
    ['plain http', kubeconfig({ cluster: ['server: http://203.0.113.10'] }), 'REMOTE-HTTP', 9, 13],
    ['localhost', kubeconfig({ cluster: ['server: https://localhost:6443'] }), 'REMOTE-LOOPBACK', 9, 13],
    ['loopback', kubeconfig({ cluster: ['server: https://127.0.0.1:6443'] }), 'REMOTE-LOOPBACK', 9, 13],
    ['a number for an address', kubeconfig({ cluster: ['server: 6443'] }), 'REMOTE-TYPE', 9, 13],
    [
      'an authority as a file',
      kubeconfig({ cluster: [server, 'certificate-authority: /etc/ca.crt'] }),
      'REMOTE-PATH',
      10,
      28,
    ],
    [
      'an authority that is not base64',
      kubeconfig({ cluster: [server, 'certificate-authority-data: "-----BEGIN"'] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'an authority that is not a certificate',
      kubeconfig({ cluster: [server, `certificate-authority-data: ${base64(ca.key)}`] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'an authority that is garbage in PEM',
      kubeconfig({ cluster: [server, `certificate-authority-data: ${base64(garbage())}`] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'no verification of the API server',
      kubeconfig({ cluster: [server, 'insecure-skip-tls-verify: true'] }),
      'REMOTE-INSECURE',
      10,
      31,
    ],
    ['an unknown proxy', kubeconfig({ cluster: [server, 'proxy-url: ftp://a'] }), 'REMOTE-PROXY', 10, 16],
    [
      'a proxy on the same machine',
      kubeconfig({ cluster: [server, 'proxy-url: http://u:secret@localhost:3128'] }),
      'REMOTE-PROXY',
      10,
      16,
    ],
    [
      'a server with a space',
      kubeconfig({ cluster: ['server: "https://203.0.113.10 "'] }),
      'REMOTE-SERVER',
      9,
      13,
    ],
    [
      'a server with a password',
      kubeconfig({ cluster: ['server: https://a:swordfish@b'] }),
      'REMOTE-SERVER',
      9,
      13,
    ],
    [
      'a proxy with a space',
      kubeconfig({ cluster: [server, 'proxy-url: "http://a "'] }),
      'REMOTE-PROXY',
      10,
      16,
    ],
    [
      'a proxy without a host',
      kubeconfig({ cluster: [server, 'proxy-url: http:a'] }),
      'REMOTE-PROXY',
      10,
      16,
    ],
    [
      'a proxy in a container host',
      kubeconfig({ cluster: [server, 'proxy-url: http://host.docker.internal:3128'] }),
      'REMOTE-PROXY',
      10,
      16,
    ],
    ['two users of one name', twice('- {name: reader, user: {token: b}}'), 'REMOTE-CONTEXT', 15, 10],
    ['two unused users of one name', twice('- {name: a}\n- {name: a}'), 'REMOTE-CONTEXT', 16, 10],
    [
      'two clusters of one name',
      kubeconfig().replace('users:', '- {name: c1, cluster: {server: https://b}}\nusers:'),
      'REMOTE-CONTEXT',
      11,
      10,
    ],
    [
      'two contexts of one name',
      kubeconfig({
        head: [...good.head.slice(0, 4), '- {name: main, context: {cluster: c1}}', 'current-context: main'],
      }),
      'REMOTE-CONTEXT',
      5,
      10,
    ],
    [
      'a token in base64',
      kubeconfig({ user: [`token: ${base64(jsonWebToken({}))}`] }),
      'REMOTE-CREDENTIALS',
      14,
      12,
    ],
    [
      'an authority in base64 twice',
      kubeconfig({ cluster: [server, `certificate-authority-data: ${base64(caData)}`] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'an authority in DER',
      kubeconfig({ cluster: [server, `certificate-authority-data: ${der}`] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'an authority that was removed',
      kubeconfig({ cluster: [server, 'certificate-authority-data: DATA+OMITTED'] }),
      'REMOTE-CERTIFICATE',
      10,
      33,
    ],
    [
      'an authority as a relative file, beside its data',
      kubeconfig({ cluster: [...good.cluster, 'certificate-authority: ./ca.crt'] }),
      'REMOTE-PATH',
      11,
      28,
    ],
    ['an exec plugin', kubeconfig({ user: ['exec: {command: aws}'] }), 'REMOTE-PLUGIN', 14, 11],
    ['an auth provider', kubeconfig({ user: ['auth-provider: {name: gcp}'] }), 'REMOTE-PLUGIN', 14, 20],
    ['a token as a file', kubeconfig({ user: ['tokenFile: /token'] }), 'REMOTE-PATH', 14, 16],
    [
      'a certificate as a file',
      kubeconfig({ user: ['client-certificate: /c', `client-key-data: ${base64(client.key)}`] }),
      'REMOTE-PATH',
      14,
      25,
    ],
    ['a key as a file', kubeconfig({ user: [clientData, 'client-key: /k'] }), 'REMOTE-PATH', 15, 17],
    ['no credentials', kubeconfig({ user: ['token: ""'] }), 'REMOTE-CREDENTIALS', 14, 5],
    [
      'two kinds of credentials',
      kubeconfig({ user: ['token: abc', 'username: joe', 'password: secret'] }),
      'REMOTE-CREDENTIALS',
      14,
      5,
    ],
    ['a name without password', kubeconfig({ user: ['username: joe'] }), 'REMOTE-CREDENTIALS', 14, 15],
    ['a certificate without key', kubeconfig({ user: [clientData] }), 'REMOTE-CREDENTIALS', 14, 30],
    ['a line break in a token', kubeconfig({ user: ['token: |', '  abc'] }), 'REMOTE-CREDENTIALS', 14, 12],
    ['a token that YAML parses as a number', kubeconfig({ user: ['token: 0777'] }), 'REMOTE-TYPE', 14, 12],
    ['an expired token', kubeconfig({ user: [`token: ${expired}`] }), 'REMOTE-EXPIRED', 14, 12],
    [
      'the key of another certificate',
      kubeconfig({ user: [clientData, `client-key-data: ${wrongKey}`] }),
      'REMOTE-CERTIFICATE',
      15,
      22,
    ],
    [
      'a key that is not a key',
      kubeconfig({ user: [clientData, `client-key-data: ${caData}`] }),
      'REMOTE-CERTIFICATE',
      15,
      22,
    ],
    [
      'impersonation',
      kubeconfig({ user: ['token: abc', 'as: system:admin'] }),
      'REMOTE-IMPERSONATION',
      15,
      9,
    ],
  ];

  it.each(cases)('%s', (_, text, code, line, column) => {
    const { problems, kubeconfig: usable } = validateRemoteKubeconfig(text, 'remotes/cluster1.yaml', now);
    expect(usable).toBeUndefined();
    expect(problems).toMatchObject([{ code, location: { file: 'remotes/cluster1.yaml', line, column } }]);
  });

  it('is reported with all problems at once, and without secrets', () => {
    const text = kubeconfig({
      cluster: ['server: http://localhost', 'insecure-skip-tls-verify: true', 'proxy-url: ftp://u:hidden@a'],
      user: ['token: "sesame open"', 'exec: {command: aws}', 'password: swordfish'],
    });
    const error = caught(() => parseRemoteKubeconfig(text, 'r.yaml', now));
    expect(error.problems.map(({ code }) => code)).toEqual([
      'REMOTE-INSECURE',
      'REMOTE-HTTP',
      'REMOTE-PROXY',
      'REMOTE-PLUGIN',
      'REMOTE-CREDENTIALS',
      'REMOTE-CREDENTIALS',
      'REMOTE-CREDENTIALS',
    ]);
    expect(error.message).not.toMatch(/sesame|swordfish|hidden/);
  });

  it.each([
    ['cluster', [server, `certificate-authority-data: ${base64(caData)}`], 'base64 --decode'],
    ['cluster', [server, `certificate-authority-data: ${der}`], 'openssl x509 -inform der'],
    ['cluster', [server, 'certificate-authority-data: DATA+OMITTED'], 'kubectl config view --raw'],
    ['cluster', [server, 'certificate-authority-data: "-----BEGIN CERTIFICATE-----"'], 'base64 -w0'],
    ['cluster', [...good.cluster, 'certificate-authority: ./ca.crt'], 'Remove it'],
    ['user', ['tokenFile: /token', 'token: abc'], 'Remove it'],
  ] as const)('the hint for %s %j leads to %s', (part, lines, hint) => {
    const { problems } = validateRemoteKubeconfig(kubeconfig({ [part]: [...lines] }), 'r.yaml', now);
    expect(problems).toMatchObject([{ hint: expect.stringContaining(hint) }]);
  });

  it('with auth-provider oidc, which istiod does not refuse, does not say that it does', () => {
    const text = kubeconfig({ user: ['auth-provider: {name: oidc, config: {}}'] });
    const [problem] = validateRemoteKubeconfig(text, 'r.yaml', now).problems;
    expect(problem).toMatchObject({
      code: 'REMOTE-PLUGIN',
      hint: expect.stringContaining('istio-mesh join'),
    });
    expect(problem?.message).not.toContain('istiod');
  });

  it('except that a proxy may resolve an address which only it can reach', () => {
    const cluster = ['server: https://kubernetes.default.svc', 'proxy-url: http://u:p%40w@203.0.113.20:3128'];
    expect(validateRemoteKubeconfig(kubeconfig({ cluster }), 'r.yaml', now).problems).toEqual([]);
  });

  it('is not quoted if it is invalid YAML, because that may be a token', () => {
    const error = caught(() => parseRemoteKubeconfig('users:\n- token: "eyJsecret\n  x: ]', 'r.yaml', now));
    expect(error.message).not.toContain('eyJsecret');
  });

  it('can contain expired certificates', () => {
    const { problems } = validateRemoteKubeconfig(kubeconfig(), 'r.yaml', new Date('2056-01-01T00:00:00Z'));
    expect(problems).toMatchObject([{ code: 'REMOTE-EXPIRED', location: { line: 10, column: 33 } }]);
  });
});

describe('a kubeconfig with warnings', () => {
  it('contains a token that expires within a week', () => {
    const inDays = (days: number) => jsonWebToken({ exp: passed + days * 24 * 3600 });
    const validate = (token: string) =>
      validateRemoteKubeconfig(kubeconfig({ user: [`token: ${token}`] }), 'r.yaml', now);
    expect(validate(inDays(7)).warnings).toMatchObject([{ code: 'REMOTE-EXPIRING', location: { line: 14 } }]);
    expect(validate(inDays(7)).kubeconfig).toBeDefined();
    expect(validate(inDays(8)).warnings).toEqual([]);
    expect(validate(jsonWebToken({ sub: 'for ever' })).warnings).toEqual([]);
    expect(validate('a.b.c').warnings).toEqual([]);
  });

  it('contains an unknown key; the hint suggests a similar one', () => {
    const text = kubeconfig({ cluster: [server, `certificate-authority_data: ${caData}`] });
    const { warnings } = validateRemoteKubeconfig(text, 'r.yaml', now);
    expect(warnings).toMatchObject([{ code: 'REMOTE-UNKNOWN-KEY', location: { line: 10 } }]);
    expect(warnings[0]?.hint).toContain('certificate-authority-data');
  });
});

function caught(action: () => unknown): MeshError {
  try {
    action();
  } catch (error) {
    if (error instanceof MeshError) return error;
  }
  throw new Error('No MeshError was thrown.');
}

function garbage(): string {
  return ca.certificate.replace(/^M.*$/m, 'AAAA');
}
