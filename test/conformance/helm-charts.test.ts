import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { identityOf, type PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { type HelmValues, mergeValues } from '../../src/mesh/helm-values';
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

interface ChartSource {
  readonly chart?: string;
  readonly helm?: { readonly valuesObject: HelmValues };
}

/** The objects that the charts render with the values in the Application. istioctl renders the same charts. */
function ofCharts(istioctl: string, istio: IstioDefinition): string[] {
  const files = new IstioMeshApp({ mesh: meshOf('helm', istio) }).files();
  const application = files.find(({ path }) => path === 'argocd/cluster-cluster1.k8s.yaml');
  const sources: readonly ChartSource[] = parse(application?.content ?? '').spec.sources;
  const { revision, ...values } = mergeValues(...sources.map(({ helm }) => helm?.valuesObject ?? {}));
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
