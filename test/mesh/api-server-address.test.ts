import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiServerProblem, apiServerSyntaxProblem } from '../../src/mesh/api-server-address';
import { type GoReading, hasGo, readWithGo } from './go-url/go-url';

const usable = [
  'https://203.0.113.10:6443',
  'https://203.0.113.10',
  'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com',
  'https://rancher.example.com/k8s/clusters/c-m-abcdef',
  'HTTPS://API.example.com:6443/',
  'https://api.example.com.:6443',
  'https://api_server.example.com:06443',
  'https://cluster2-control-plane:6443',
  'https://xn--bcher-kva.example:65535',
  'https://[2001:db8::10]:6443',
  'https://[2001:db8::10]',
  'https://[::ffff:203.0.113.10]:6443',
  'https://api.example.com/a%20b/~c',
];

test.each(usable)('%s can be used', (address) => {
  expect(apiServerProblem(address)).toBeUndefined();
});

/** Addresses that Kubernetes clients refuse, or understand otherwise; each with words of the message and the hint. */
const refused: [address: string, message: string, hint: string][] = [
  ['', 'not the address', 'https://203.0.113.10:6443'],
  ['https://203.0.113.10:6443 ', 'white space', 'Write https://203.0.113.10:6443.'],
  [' https://203.0.113.10:6443', 'white space', 'Write https://203.0.113.10:6443.'],
  ['https://203.0.113.10:6443\n', 'white space', 'Write https://203.0.113.10:6443.'],
  ['https://203.0.113.10:6443\u00a0', 'white space', 'Write https://203.0.113.10:6443.'],
  ['https://203.0. 113.10:6443', 'no host name may have', ''],
  ['https://api\t.example.com', 'no host name may have', ''],
  ['https://api\u200b.example.com', 'no host name may have', ''],
  ['https://api.example.com:6443\u200b', 'no valid port', ''],
  ['203.0.113.10:6443', 'not the address', 'https://203.0.113.10:6443'],
  ['api.example.com:6443', 'not the address', 'https://api.example.com:6443'],
  ['api.example.com', 'not the address', 'https://api.example.com'],
  ['//api.example.com', 'not the address', 'https://api.example.com'],
  ['https:api.example.com', 'not the address', 'https://api.example.com'],
  ['https:/api.example.com', 'not the address', 'https://api.example.com'],
  ['https:///api.example.com', 'not the address', 'https://api.example.com'],
  ['https:\\\\api.example.com', 'not the address', 'https://api.example.com'],
  ['https://api.example.com\\k8s', 'no valid host name', ''],
  ['tcp://203.0.113.10:6443', 'not the address', 'https://203.0.113.10:6443'],
  ['htps://203.0.113.10:6443', 'not the address', 'https://203.0.113.10:6443'],
  ['"https://203.0.113.10:6443"', 'not the address', ''],
  ['https://', 'no host', ''],
  ['https:///', 'not the address', ''],
  ['https://:6443', 'no host', ''],
  ['https://api.example.com:', 'a colon without a port', 'port 443'],
  ['https://api.example.com:0', 'no valid port', '1 to 65535'],
  ['https://api.example.com:65536', 'no valid port', '1 to 65535'],
  ['https://api.example.com:+443', 'no valid port', '1 to 65535'],
  ['https://api.example.com:$PORT', 'no valid port', '1 to 65535'],
  ['https://2001:db8::10', 'no valid port', 'brackets'],
  ['https://[2001:db8::10', 'no valid port', 'brackets'],
  ['https://[203.0.113.10]:6443', 'no valid IPv6', ''],
  ['https://[fe80::1%25eth0]:6443', 'no valid IPv6', ''],
  ['https://2130706433', 'no valid IPv4', ''],
  ['https://127.1', 'no valid IPv4', ''],
  ['https://0x7f.0.0.1', 'no valid IPv4', ''],
  ['https://010.0.0.1', 'no valid IPv4', ''],
  ['https://203.0.113.256', 'no valid IPv4', ''],
  ['https://bücher.example', 'letters outside of ASCII', 'xn--bcher-kva.example'],
  ['https://api%2eexample.com', 'no valid host name', ''],
  ['https://{{ .Server }}', 'no host name may have', ''],
  ['https://<address>:6443', 'no valid host name', ''],
  ['https://api..example.com', 'no valid host name', ''],
  ['https://-api.example.com', 'no valid host name', ''],
  ['https://xn--bchk8ser-kva.example', 'no valid host name', ''],
  ['https://api.example.com/%zz', 'no valid path', ''],
  ['https://api.example.com/a b', 'no valid path', ''],
  ['https://api.example.com/a/../b', 'no valid path', ''],
  ['https://api.example.com/?timeout=1s', 'drop', 'question mark'],
  ['https://api.example.com#top', 'drop', 'number sign'],
  ['https://admin:swordfish@203.0.113.10:6443', 'a user name or password', 'Remove it'],
  ['https://admin%3Aswordfish@203.0.113.10:6443', 'a user name or password', 'Remove it'],
  ['https://203.0.113.10:6443/?access_token=swordfish', 'access_token', 'Remove it'],
];

test.each(refused)('%j is refused', (address, message, hint) => {
  const problem = apiServerProblem(address);
  expect(problem?.code).toBe('REMOTE-SERVER');
  expect(problem?.message).toContain(message);
  expect(problem?.hint).toContain(hint);
  expect(`${problem?.message} ${problem?.hint}`).not.toContain('swordfish');
});

test.each([
  'https://localhost:6443',
  'https://LOCALHOST:6443',
  'https://localhost.:6443',
  'https://kind.localhost:6443',
  'https://localhost.localdomain',
  'https://ip6-localhost',
  'https://127.0.0.1:6443',
  'https://127.8.0.1',
  'https://0.0.0.0:6443',
  'https://[::1]:6443',
  'https://[0:0:0:0:0:0:0:1]',
  'https://[::]:6443',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:0.0.0.0]',
  'https://169.254.10.1',
  'https://[fe80::1]:6443',
  'https://kubernetes.default',
  'https://kubernetes.default.svc',
  'https://kubernetes.default.svc.cluster.local:443',
  'https://host.docker.internal:6443',
  'https://kubernetes.docker.internal:6443',
  'https://gateway.docker.internal',
  'https://docker.for.mac.localhost:6443',
  'https://host.minikube.internal:8443',
  'https://control-plane.minikube.internal:8443',
  'https://host.k3d.internal:6443',
  'https://host.containers.internal',
  'https://host.lima.internal',
])('%s is refused, because it is another machine for another cluster', (address) => {
  expect(apiServerProblem(address)).toMatchObject({ code: 'REMOTE-LOOPBACK' });
  expect(apiServerSyntaxProblem(address)).toBeUndefined();
});

test('plain HTTP is refused, and the hint keeps host and port', () => {
  const problem = apiServerProblem('http://[2001:db8::10]:6443');
  expect(problem).toMatchObject({
    code: 'REMOTE-HTTP',
    hint: expect.stringContaining('https://[2001:db8::10]:6443'),
  });
});

test('a hint never leads to another problem', () => {
  for (const address of ['localhost:6443', 'https:127.0.0.1', 'tcp://localhost']) {
    expect(apiServerProblem(address)?.hint).toContain('https://203.0.113.10:6443');
  }
});

test('an address of any length gives a short message, in little time', () => {
  for (const part of ['x', 'a.', ':', '[', '%41', '@', '/', ' ']) {
    for (const address of [`https://${part.repeat(100_000)}`, `https://${part.repeat(900)}`]) {
      expect(apiServerProblem(address)?.message.length ?? 0).toBeLessThan(400);
    }
  }
});

describe.skipIf(!hasGo)('Go reads every address that is accepted', () => {
  const part = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'https://',
        'api.example.com',
        '203.0.113.10',
        ':6443',
        '[2001:db8::10]',
        '/',
        'k8s',
      ),
    },
    fc.constantFrom(
      'http:',
      '//',
      ':',
      '@',
      '%',
      '%41',
      '%zz',
      '?',
      '#',
      '\\',
      ' ',
      '\t',
      '\n',
      '\u007f',
      '[',
      ']',
      '..',
      '-',
      '_',
      ';',
      '|',
      '^',
      '`',
      '{',
      '<',
      '"',
      '~',
      '+',
      '65536',
      '0x7f',
      'ü',
      '\u3002',
      '\ud800',
      '::1',
      '%25eth0',
    ),
    fc.string({ maxLength: 2, unit: 'binary' }),
  );
  const tail = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
  const addresses = fc.oneof(
    tail.map((text) => `https://api.example.com${text}`),
    tail.map((text) => `https://${text}`),
    fc
      .tuple(fc.constantFrom(...usable), fc.nat(40), part)
      .map(([address, at, text]) => `${address.slice(0, at)}${text}${address.slice(at)}`),
    fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
  );

  test('as the same host, port and path', () => {
    const accepted = [...usable, ...fc.sample(addresses, { numRuns: 5000, seed: 1 })].filter(
      (address) => apiServerSyntaxProblem(address) === undefined,
    );
    expect(accepted.length).toBeGreaterThan(500);
    const readings = readWithGo(accepted);
    accepted.forEach((address, index) => {
      const url = new URL(address);
      const { Hostname, Port, ...reading } = readings[index] as GoReading;
      expect({ address, ...reading }).toEqual({
        address,
        Error: '',
        Scheme: 'https',
        User: false,
        Path: expect.any(String),
        Rest: false,
      });
      // WHATWG's rules of URLs leave out the default port, and write IPv6 addresses in the shortest form.
      expect(new URL(`https://${Hostname?.includes(':') ? `[${Hostname}]` : Hostname}`).hostname).toBe(
        url.hostname,
      );
      expect(Number(Port || 443)).toBe(Number(url.port || 443));
      expect(reading.Path || '/').toBe(url.pathname);
    });
  });

  test('and refuses these, or reads them otherwise', () => {
    const readings = readWithGo(refused.map(([address]) => address));
    const clean = refused.filter((_, index) => {
      const reading = readings[index];
      return (
        reading?.Error === '' &&
        reading.Scheme === 'https' &&
        !reading.User &&
        !reading.Rest &&
        reading.Hostname !== ''
      );
    });
    // Go reads these as they are written: DNS, the system or the API server would refuse them later.
    expect(clean.map(([address]) => address)).toEqual([
      'https://api\u200b.example.com',
      'https://api.example.com:',
      'https://api.example.com:0',
      'https://api.example.com:65536',
      'https://2001:db8::10',
      'https://[fe80::1%25eth0]:6443',
      'https://2130706433',
      'https://127.1',
      'https://0x7f.0.0.1',
      'https://010.0.0.1',
      'https://203.0.113.256',
      'https://bücher.example',
      'https://<address>:6443',
      'https://api..example.com',
      'https://-api.example.com',
      'https://xn--bchk8ser-kva.example',
      'https://api.example.com/a b',
      'https://api.example.com/a/../b',
    ]);
  });
});

test.skipIf(hasGo)('skipped: go is not installed', (context) => {
  context.skip();
});
