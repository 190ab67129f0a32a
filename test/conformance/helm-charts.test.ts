import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { baseChart, istiodCharts } from '../../src/control-plane/helm-charts';
import { identityOf, type PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { mergeValues } from '../../src/mesh/helm-values';
import type { ControlPlaneFormat, IstioDefinition } from '../../src/mesh/istio';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { istioctls, manifestGenerate, versionOf } from './istioctl';
import { parseObjects } from './objects';

function meshOf(controlPlane: ControlPlaneFormat, istio: IstioDefinition) {
  return defineMesh({
    meshID: 'mesh1',
    istio: { controlPlane, ...istio },
    gitops: 'argocd',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
}

/** The identities of the objects in the folder of the cluster, such as `Service istio-system/istiod`. */
function written(controlPlane: ControlPlaneFormat, istio: IstioDefinition): string[] {
  const files = new IstioMeshApp({ mesh: meshOf(controlPlane, istio) }).files();
  return files
    .filter(({ path }) => /^cluster1\/.*\.yaml$/.test(path))
    .flatMap(({ content }) => parseAllDocuments(content).map((document) => identityOf(document.toJS())));
}

/** The objects that the charts render with our values. istioctl renders the same charts. */
function ofCharts(istioctl: string, istio: IstioDefinition): string[] {
  const mesh = meshOf('helm', istio);
  const [cluster] = mesh.clusters;
  if (cluster === undefined) throw new Error('the mesh has no cluster');
  const charts = [baseChart(mesh, cluster), ...istiodCharts(mesh, cluster)];
  const { revision, ...values } = charts
    .map(({ values }) => values)
    .reduce((one, other) => mergeValues(one, other));
  const text = manifestGenerate(istioctl, {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { profile: 'minimal', ...(revision === undefined ? {} : { revision }), values },
  });
  return parseObjects(text).map((object) => identityOf(object as PlainObject));
}

describe.each(istioctls)('the charts of %s and our additional files', (istioctl) => {
  const version = versionOf(istioctl);

  test.each([
    ['the revision default', {}],
    ['another revision', { revision: 'canary' }],
  ])('contain each object of the native format once: %s', (_, istio) => {
    const besideCharts = written('helm', { version, ...istio });
    const charts = ofCharts(istioctl, { version, ...istio });
    expect(besideCharts.filter((object) => charts.includes(object))).toEqual([]);
    const native = written('native', { version, ...istio });
    const missing = native.filter((object) => ![...besideCharts, ...charts].includes(object));
    // The chart of the revision default itself injects pods without a revision, so it needs no tag.
    expect(missing.filter((object) => !object.includes('revision-tag-default'))).toEqual([]);
  });
});
