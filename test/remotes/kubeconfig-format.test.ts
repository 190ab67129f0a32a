import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRemoteKubeconfig } from '../../src/remotes/parse-remote-kubeconfig';
import { formatRemoteKubeconfig, type RemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { temporaryFolder } from '../temporary-folder';
import { base64, issue } from './key-pair';

const pair = issue('kubernetes');
const data = base64(pair.certificate);
let folder: string;

beforeAll(() => {
  folder = temporaryFolder();
});

/** Words that YAML 1.1 or 1.2 parses as another type than string, and arbitrary text. */
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'No',
    'on',
    'null',
    '~',
    '0777',
    '1_000',
    '12:30',
    '2026-01-01',
    '1e3',
    '<<',
    '=',
    '.inf',
  ),
  fc.string({ minLength: 1, unit: 'grapheme' }),
);
const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
/** Tokens. Those that start with another character may be placeholders or in quotes, which are refused. */
const header = fc.oneof(
  fc.constantFrom('yes', 'null', '0777', '1e3'),
  fc.stringMatching(/^[A-Za-z0-9][\x21-\x7e]*$/),
);

const kubeconfigs: fc.Arbitrary<RemoteKubeconfig> = fc.record(
  {
    server: label.map((host) => `https://${host}.example:6443`),
    certificateAuthorityData: fc.constant(data),
    tlsServerName: text,
    proxyUrl: label.map((host) => `http://${host}.example:3128`),
    user: fc.oneof(
      fc.record({ token: header }),
      fc.record({ username: text, password: text }),
      fc.constant({ clientCertificateData: data, clientKeyData: base64(pair.key) }),
    ),
  },
  { requiredKeys: ['server', 'user'] },
);

describe('formatRemoteKubeconfig', () => {
  it('is the inverse of parseRemoteKubeconfig', () => {
    fc.assert(
      fc.property(label, kubeconfigs, (name, kubeconfig) => {
        expect(parseRemoteKubeconfig(formatRemoteKubeconfig(name, kubeconfig), 'r.yaml')).toEqual(kubeconfig);
      }),
    );
  });

  it('writes the keys in the order of istioctl create-remote-secret', () => {
    const kubeconfig = {
      server: 'https://203.0.113.10:6443',
      certificateAuthorityData: 'Q0E=',
      tlsServerName: 'kubernetes',
      user: { token: 'abc' },
    };
    expect(formatRemoteKubeconfig('cluster1', kubeconfig)).toBe(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://203.0.113.10:6443
    tls-server-name: kubernetes
  name: cluster1
contexts:
- context:
    cluster: cluster1
    user: cluster1
  name: cluster1
current-context: cluster1
kind: Config
users:
- name: cluster1
  user:
    token: abc
`);
  });

  it.each(['yes', '0777', '1_000', '12:30', '2026-01-01', '~', 'y', 'a: b', '"', "it's\n"])(
    'writes the password %j so that kubectl reads it',
    (password) => {
      const file = join(folder, 'kubeconfig.yaml');
      const user = { username: 'joe', password };
      writeFileSync(file, formatRemoteKubeconfig('cluster1', { server: 'https://a.example', user }));
      const view = ['config', 'view', '--raw', '--minify', '--output=json', `--kubeconfig=${file}`];
      const seen = JSON.parse(execFileSync('kubectl', view, { encoding: 'utf8' }));
      expect(seen.users).toEqual([{ name: 'cluster1', user }]);
      expect(seen.clusters).toEqual([{ name: 'cluster1', cluster: { server: 'https://a.example' } }]);
    },
  );
});
