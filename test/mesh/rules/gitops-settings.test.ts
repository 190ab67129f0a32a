import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';

function define(definition: Partial<AnyMeshDefinition>): () => void {
  const clusters = [{ name: 'cluster1', network: 'network1' }];
  const secrets = { backend: 'sealed-secrets' as const };
  return () => defineMesh({ meshID: 'mesh1', secrets, clusters, ...definition });
}

const repository = { url: 'https://git.example.com/mesh.git' };

describe('a gitops', () => {
  test.each(['argocd', 'flux'] as const)('by %s is accepted', (gitops) => {
    define({ gitops, repository })();
  });

  test('without a repository is refused', () => {
    expect(define({ gitops: 'argocd' })).toThrow(/gitops: MESH-GITOPS: Argo CD needs the repository/);
  });

  test('of IstioOperator files is refused', () => {
    const istio = { controlPlane: 'operator' as const };
    expect(define({ gitops: 'flux', repository, istio })).toThrow(
      /istio\.controlPlane: MESH-GITOPS: Flux cannot apply IstioOperator files/,
    );
  });

  test('with a cluster that has the name of its GitOps tool is refused', () => {
    const clusters = [{ name: 'flux', network: 'network1' }];
    expect(define({ gitops: 'flux', repository, clusters })).toThrow(/clusters\[0\]\.name: MESH-GITOPS/);
    define({ gitops: 'argocd', repository, clusters })();
  });

  test('from a folder is refused only with Flux', () => {
    const folder = { url: 'file:///srv/mesh' };
    expect(define({ gitops: 'flux', repository: folder })).toThrow(
      /repository\.url: MESH-GITOPS: Flux cannot read a repository from a local folder\./,
    );
    define({ gitops: 'argocd', repository: folder })();
  });
});

describe('the address of a repository', () => {
  const withUrl = (url: string, more = {}) => define({ gitops: 'flux', repository: { url, ...more } });

  test('with a password is refused, and the password is not printed', () => {
    for (const url of [
      'https://user:hunter2@git.example.com/mesh.git',
      'htps://user:hunter2@git.example.com',
    ]) {
      expect(withUrl(url)).toThrow(/repository\.url: MESH-/);
      expect(withUrl(url)).not.toThrow(/hunter2/);
    }
  });

  test.each([
    'https://ghp_0123456789abcdefghij0123456789abcdef@git.example.com/mesh.git',
    'https://git.example.com/mesh.git?access_token=ghp_0123456789abcdefghij',
    'https://user%3Aghp_0123456789abcdefghij@git.example.com/mesh.git',
    'https://organization@dev.azure.com/organization/mesh?access_token=ghp_0123456789abcdefghij',
    'https://organization@dev.azure.com/another/mesh?token=ghp_0123456789',
  ])('with a token is refused, and the token is not printed: %s', (url) => {
    expect(withUrl(url)).toThrow(/repository\.url: MESH-GITOPS: The address contains/);
    expect(withUrl(url)).not.toThrow(/ghp_/);
  });

  test.each([
    'https://organization@dev.azure.com/organization/mesh',
    'ssh://git@git.example.com:22/mesh.git',
    'git@git.example.com:mesh.git',
    'oci://registry.example.com:5000/mesh',
  ])('can be %s', (url) => {
    withUrl(url, { secret: 'login' })();
  });

  test.each(['ssh://git@git.example.com/mesh.git', 'git@git.example.com:mesh.git'])(
    'without a Secret cannot be %s with Flux, which has no other key',
    (url) => {
      expect(withUrl(url)).toThrow(/repository\.url: MESH-GITOPS: Flux cannot read a repository over ssh/);
      define({ gitops: 'argocd', repository: { url } })();
    },
  );

  test('has no Secret with Argo CD, which does not read it', () => {
    expect(define({ gitops: 'argocd', repository: { ...repository, secret: 'login' } })).toThrow(
      /repository\.secret: MESH-GITOPS: Argo CD does not read repository\.secret/,
    );
  });

  test.each(['refs/heads/main', 'a..b', 'a b', 'main~1', '-x', 'x.lock', 'a/', '@'])(
    'has no branch %j, which git refuses',
    (branch) => {
      expect(withUrl('https://git.example.com/mesh.git', { branch })).toThrow(
        /repository\.branch: MESH-VALUE/,
      );
    },
  );

  test('has a branch or a tag, and for an artifact only a tag', () => {
    const branch = 'main';
    expect(withUrl('https://git.example.com/mesh.git', { branch, tag: 'v1' })).toThrow(
      /repository\.branch: MESH-GITOPS: repository has both a branch and a tag/,
    );
    expect(withUrl('oci://registry.example.com/mesh', { branch })).toThrow(
      /repository\.branch: MESH-GITOPS: An OCI artifact has no branches/,
    );
  });
});

describe('the format helm', () => {
  const helm = { controlPlane: 'helm' as const };

  test('without a gitops is refused', () => {
    expect(define({ istio: helm })).toThrow(
      /istio\.controlPlane: MESH-GITOPS: The format helm needs a GitOps tool/,
    );
  });

  test.each([
    [
      { components: { pilot: { k8s: { replicaCount: 2 } } } },
      /istio\.components\.pilot\.k8s\.replicaCount: MESH-UNSUPPORTED-VALUE: .* the format helm/,
    ],
    [{ version: '1.20.0' }, /istio\.version: CONTROL-PLANE-VERSION: .* the format helm does not support/],
    [
      { revision: 'a', canary: { revision: 'default' } },
      /istio\.canary\.revision: MESH-VALUE: .* a second time/,
    ],
    [
      { values: { gateways: { 'istio-ingressgateway': { replicas: 2 } } } },
      /istio\.values\.gateways\.istio-ingressgateway\.replicas: MESH-UNKNOWN-KEY/,
    ],
  ])('with %o is refused', (istio, error) => {
    expect(define({ gitops: 'argocd', repository, istio: { ...helm, ...istio } })).toThrow(error);
  });

  test('passes on values that the format native does not support', () => {
    const istio = { ...helm, values: { pilot: { notKnownHere: 1 } } };
    define({ gitops: 'argocd', repository, istio })();
  });
});
