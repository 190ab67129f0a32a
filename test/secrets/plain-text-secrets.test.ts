import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { RenderedChart } from '../../src/constructs/rendered-chart';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { SecretsDefinition } from '../../src/mesh/secrets/definition';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { temporaryFolder } from '../temporary-folder';

const store: SecretsDefinition = {
  backend: 'external-secrets',
  externalSecrets: { store: { name: 'vault' } },
};

function appWith(secrets: SecretsDefinition): { app: IstioMeshApp; chart: Chart } {
  const mesh = defineMesh({ meshID: 'mesh1', clusters: [{ name: 'a', network: 'n', secrets }] });
  const app = new IstioMeshApp({ mesh, outdir: temporaryFolder() });
  return { app, chart: new Chart(app.cluster('a'), '70-own') };
}

test.each(['data', 'stringData'])(
  'a plain-text Secret of the user with %s is not written if the output is committed',
  (key) => {
    const { app, chart } = appWith(store);
    new k8s.KubeSecret(chart, 'secret', {
      metadata: { name: 'own', namespace: 'shop' },
      [key]: { key: 'a2V5' },
    });
    expect(() => app.files()).toThrow(
      /^a\/70-own\.k8s\.yaml: SECRET-PLAIN: Secret shop\/own is in plain text, .* for a is .*\n.* ExternalSecret/,
    );
  },
);

test('nor is one in a chart outside of all clusters, unless a cluster has the backend plain', () => {
  const topLevel = (secrets: SecretsDefinition): IstioMeshApp => {
    const { app } = appWith(secrets);
    const chart = new Chart(app, 'shared');
    new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'own' }, stringData: { key: 'key' } });
    return app;
  };
  expect(() => topLevel(store).files()).toThrow(
    /^shared\.k8s\.yaml: SECRET-PLAIN: Secret own is in plain text, and the output is meant to be committed/,
  );
  expect(
    topLevel({})
      .files()
      .map(({ path }) => path),
  ).toContain('shared.k8s.yaml');
});

test('nor is one in manifests that another program rendered', () => {
  const { app, chart } = appWith(store);
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: own\ndata:\n  key: a2V5\n';
  const manifests = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n---\n${secret}`;
  new RenderedChart(chart, 'rendered', { manifests });
  expect(() => app.files()).toThrow('a/70-own/rendered.k8s.yaml: SECRET-PLAIN: Secret own is in plain text');
});

test('it is written if all backends are plain', () => {
  const { app, chart } = appWith({});
  new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'own' }, stringData: { key: 'key' } });
  expect(app.files().find(({ path }) => path === 'a/70-own.k8s.yaml')).toMatchObject({ secrecy: 'secret' });
});

test('a Secret without data, which requests a token, is written', () => {
  const { app, chart } = appWith(store);
  new k8s.KubeSecret(chart, 'secret', {
    metadata: { name: 'own' },
    type: 'kubernetes.io/service-account-token',
  });
  expect(app.files().map(({ path }) => path)).toContain('a/70-own.k8s.yaml');
});
