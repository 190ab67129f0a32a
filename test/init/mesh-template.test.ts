import { describe, expect, test } from 'vitest';
import { type MeshTemplateOptions, meshTemplate } from '../../src/init/mesh-template';
import type { Mesh } from '../../src/mesh/mesh';
import { parseMesh } from '../../src/mesh/mesh-file';

function meshOf(options: MeshTemplateOptions): Mesh {
  return parseMesh(meshTemplate(options, './mesh.schema.json'), 'mesh.yaml');
}

describe('meshTemplate', () => {
  test('is a valid mesh of the given clusters, in separate networks', () => {
    const { clusters } = meshOf({ clusters: ['eu', 'us', 'ap'] });
    expect(clusters.map(({ name }) => name)).toEqual(['eu', 'us', 'ap']);
    expect(new Set(clusters.map(({ network }) => network)).size).toBe(3);
  });

  test('keeps names that YAML reads as numbers or booleans', () => {
    const names = ['1', '0x1f', '1e3', 'true', 'null', 'no'];
    expect(meshOf({ clusters: names }).clusters.map(({ name }) => name)).toEqual(names);
  });

  test('has valid examples in comments', () => {
    const text = meshTemplate({ clusters: ['eu', 'us'] }, './mesh.schema.json');
    const example =
      /^( *)# (?=(secrets|gitops|repository|server|eastWestGateway):| {2}(loadBalancer|autoscaling):)/gm;
    expect(text.match(example)).toHaveLength(7);
    const { gitops, clusters } = parseMesh(text.replace(example, '$1'), 'mesh.yaml');
    expect(gitops?.tool).toBe('argocd');
    expect(clusters.map(({ secrets }) => secrets.cacerts)).not.toContain('plain');
    expect(clusters[0]).toMatchObject({ server: 'https://203.0.113.10:6443' });
  });

  test('encrypts keys and tokens if a GitOps tool applies the output', () => {
    const repository = 'https://git.example.com/platform/mesh.git';
    const { gitops, clusters } = meshOf({ clusters: ['eu', 'us'], gitops: { tool: 'flux', repository } });
    expect(gitops).toMatchObject({ tool: 'flux', repository: { url: repository, path: 'dist' } });
    expect(clusters.map(({ secrets }) => secrets.cacerts)).not.toContain('plain');
  });

  test('reads an OCI artifact by its tag', () => {
    const repository = 'oci://registry.example.com/mesh';
    const { gitops } = meshOf({ clusters: ['eu'], gitops: { tool: 'argocd', repository } });
    expect(gitops?.repository).toEqual({ url: repository, tag: 'latest', path: 'dist' });
  });
});
