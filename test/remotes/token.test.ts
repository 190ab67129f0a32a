import { describe, expect, test } from 'vitest';
import { claimsOf, tokenProblem, tokenWarnings } from '../../src/remotes/token';
import { base64, jsonWebToken } from './key-pair';

const now = new Date('2026-06-01T12:00:00Z');
const reader = 'system:serviceaccount:istio-system:istio-reader-service-account';
const token = jsonWebToken({ sub: reader });

test.each(['abc', 'a.b.c', token, 'c2VjcmV0', 'kubeconfig-user-abc:x7f', `eyJ.${'x'.repeat(100)}`])(
  '%s can be a token',
  (text) => {
    expect(tokenProblem(text)).toBeUndefined();
  },
);

test.each<[what: string, token: string, message: string, hint: string]>([
  ['in base64', base64(token), 'still in base64', 'base64 --decode'],
  ['in base64, with a line break', base64(`${token}\n`), 'still in base64', 'base64 --decode'],
  ['in base64 twice', base64(base64(token)), 'still in base64', 'base64 --decode'],
  ['with Bearer', `Bearer ${token}`, 'starts with Bearer', 'after Bearer'],
  ['of a header', `Authorization: bearer ${token}`, 'starts with Bearer', 'after Bearer'],
  ['in quotes', `"${token}"`, 'contains quotes', 'inner quotes'],
  ['in single quotes', `'${token}'`, 'contains quotes', 'inner quotes'],
  ['with a line break', `${token}\n`, 'white space', 'on one line'],
  ['with a carriage return', `${token}\r`, 'white space', 'on one line'],
  ['wrapped', token.replace(/.{40}/, '$&\n'), 'white space', 'on one line'],
  ['with a zero-width space', `${token}\u200b`, 'white space', 'on one line'],
  ['with a NUL byte', `${token}\0`, 'white space', 'on one line'],
  ['printed without --raw', 'REDACTED', 'was removed', '--raw'],
  ['of a template', '{{ .Values.token }}', 'placeholder', 'the token itself'],
  ['of a shell', '$(cat token)', 'placeholder', 'the token itself'],
  ['of an environment', '$TOKEN', 'placeholder', 'the token itself'],
  ['of a page', '<token>', 'placeholder', 'the token itself'],
  ['cut off after the claims', token.split('.').slice(0, 2).join('.'), 'lacks a part', 'two dots'],
  ['cut off before the signature', `${token.split('.').slice(0, 2).join('.')}.`, 'lacks a part', 'two dots'],
  ['without claims', token.split('.')[0] ?? '', 'lacks a part', 'two dots'],
  ['of 200 kB', 'x'.repeat(200_000), '200000 characters', 'istio-mesh join'],
])('a token %s is refused, and not quoted', (_, text, message, hint) => {
  const problem = tokenProblem(text);
  expect(problem?.message).toContain(message);
  expect(problem?.hint).toContain(hint);
  expect(JSON.stringify(problem)).not.toContain(text.trim().slice(-20));
});

describe('claims', () => {
  const warnings = (claims: Readonly<Record<string, unknown>>) =>
    tokenWarnings(claimsOf(jsonWebToken({ sub: reader, ...claims })) ?? {}, now).map(
      ({ message }) => message,
    );

  test.each<[what: string, claims: Readonly<Record<string, unknown>>]>([
    ['a Secret', { iss: 'kubernetes/serviceaccount' }],
    [
      'kind and kubeadm',
      {
        iss: 'https://kubernetes.default.svc.cluster.local',
        aud: ['https://kubernetes.default.svc.cluster.local'],
      },
    ],
    [
      'EKS',
      { iss: 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC', aud: ['https://kubernetes.default.svc'] },
    ],
    [
      'GKE',
      {
        iss: 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
        aud: ['https://container.googleapis.com/v1/projects/p/locations/l/clusters/c'],
      },
    ],
    [
      'AKS',
      {
        iss: 'https://germany.oic.prod-aks.azure.com/a/b/',
        aud: ['https://a-dns-1.hcp.germanywestcentral.azmk8s.io', '"a"'],
      },
    ],
    [
      'k3s',
      {
        iss: 'https://kubernetes.default.svc.cluster.local',
        aud: ['https://kubernetes.default.svc.cluster.local', 'k3s'],
      },
    ],
    [
      'TokenRequest, bound to a Secret',
      {
        nbf: now.getTime() / 1000,
        aud: 'https://kubernetes.default.svc',
        'kubernetes.io': { secret: { name: 's' } },
      },
    ],
  ])('of the reader token of %s give no warning', (_, claims) => {
    expect(warnings(claims)).toEqual([]);
  });

  test.each<[what: string, claims: Readonly<Record<string, unknown>>, message: string]>([
    ['bound to a pod', { 'kubernetes.io': { pod: { name: 'istiod-0' } } }, 'bound to the pod "istiod-0"'],
    ['not valid yet', { nbf: now.getTime() / 1000 + 60 }, 'not valid before 2026-06-01T12:01:00.000Z'],
    ['for another audience', { aud: ['istio-ca'] }, 'the audience ["istio-ca"]'],
    [
      'for another audience, of an issuer',
      { iss: 'https://kubernetes.default.svc', aud: 'sts.amazonaws.com' },
      'the audience "sts.amazonaws.com"',
    ],
    [
      'of another account',
      { sub: 'system:serviceaccount:kube-system:admin' },
      'belongs to "system:serviceaccount:kube-system:admin"',
    ],
    [
      'of the same account in another namespace',
      { sub: 'system:serviceaccount:default:istio-reader-service-account' },
      'belongs to "system:',
    ],
    [
      'of a user',
      { sub: 'joe', iss: 'https://accounts.google.com', aud: 'https://accounts.google.com' },
      'a user of "https://accounts.google.com"',
    ],
  ])('%s give one warning', (_, claims, message) => {
    expect(warnings(claims)).toEqual([expect.stringContaining(message)]);
  });

  test.each(['null', '[]', '"a"', '{"exp":"x","nbf":1e300,"aud":{},"sub":7,"kubernetes.io":null}'])(
    '%s are read',
    (payload) => {
      const claims = claimsOf(`e30.${Buffer.from(payload).toString('base64url')}.s`);
      expect(tokenWarnings(claims ?? {}, now)).toEqual([]);
    },
  );
});
