import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { injectorConfig } from '../../src/control-plane/injection/injector-config';
import { releaseOf } from '../../src/control-plane/istio-release';
import { manifestGenerate, versionOf } from '../conformance/istioctl';
import { parseObjects } from '../conformance/objects';
import { clusterValues, crdFiles, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { type GatewayManifest, gateways, oddlyNamed, parameters } from './gateways';
import { Kubectl, type KubernetesObject } from './kubectl';

/** The revisions of two istiods in one cluster: one with istioctl's templates, one with ours. */
const revisions = ['official', 'ours'] as const;

/** The kinds that istiod creates for a Gateway; the last two only if its parameters set them. */
const kinds = ['ServiceAccount', 'Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'];

const crds = crdFiles('gateway-api');

const suite = describe.skipIf(crds.length === 0);
suite.each(['minimal', 'ambient'])('gateways from our templates with the profile %s', (profile) => {
  let kubectl: Kubectl;

  beforeAll(() => {
    const [kubeconfig = ''] = freshClusters(1);
    kubectl = new Kubectl(kubeconfig);
    for (const crd of crds) kubectl.run(`apply --server-side -f ${crd}`);
    installIstiods(kubectl, profile);
  });
  afterAll(stopClusters);

  test("are the objects of istioctl's templates", async () => {
    for (const revision of revisions) {
      deploy(kubectl, `gateways-of-${revision}`, revision, gateways, [parameters, noPods]);
    }
    const parametrized = gateways.filter((gateway) => JSON.stringify(gateway).includes('parametersRef'));
    const [each, some] = [gateways.length, parametrized.length];
    for (const revision of revisions) {
      const counts = () => kinds.map((kind) => deployed(kubectl, revision, [kind]).length);
      await expect.poll(counts, { timeout: 60_000 }).toEqual([each, each, each, some, some]);
    }
    expect(deployed(kubectl, 'ours')).toEqual(deployed(kubectl, 'official'));
  });

  test('run, even with names that YAML does not read as strings', () => {
    deploy(kubectl, 'oddly-named', 'ours', oddlyNamed);
    kubectl.run('wait gateway --all -n oddly-named --for=condition=Programmed --timeout=120s');
  });
});

/** A quota for namespaces whose gateways are only compared. */
const noPods = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'no-pods' },
  spec: { hard: { pods: '0' } },
};

function installIstiods(kubectl: Kubectl, profile: string): void {
  const istioctl = join(istioctlFolder(), 'istioctl');
  kubectl.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system' } }]);
  for (const revision of revisions) {
    const official = parseObjects(
      manifestGenerate(istioctl, operator(revision, profile)),
    ) as KubernetesObject[];
    const isCrd = ({ kind }: KubernetesObject) => kind === 'CustomResourceDefinition';
    kubectl.apply(official.filter(isCrd));
    const objects = official.filter((object) => !isCrd(object));
    kubectl.apply(revision === 'ours' ? withOurTemplates(objects, versionOf(istioctl)) : objects);
  }
  for (const revision of revisions) {
    kubectl.run(`rollout status deployment/istiod-${revision} -n istio-system --timeout=120s`);
  }
}

function operator(revision: string, profile: string): object {
  const { pilot, ...values } = clusterValues as { pilot?: { env: object } };
  const classes = ['PILOT_ENABLE_AMBIENT', 'AMBIENT_ENABLE_MULTI_NETWORK', 'PILOT_ENABLE_AGENTGATEWAY'];
  const env = { ...pilot?.env, ...Object.fromEntries(classes.map((name) => [name, 'true'])) };
  const components = { cni: { enabled: false }, ztunnel: { enabled: false } };
  const global = { meshID: 'mesh1', network: 'network1', multiCluster: { clusterName: 'cluster1' } };
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { profile, components, revision, values: { ...values, global, pilot: { env } } },
  };
}

/** The same objects with the templates that this package writes for the same values. */
function withOurTemplates(objects: readonly KubernetesObject[], version: string): KubernetesObject[] {
  return objects.map((object) => {
    const { kind, metadata, data } = object as KubernetesObject & { data: Record<string, string> };
    if (kind !== 'ConfigMap' || !metadata.name.startsWith('istio-sidecar-injector')) return object;
    // istioctl leaves the mesh configuration out of the values of the injector.
    const values = { meshConfig: {}, ...JSON.parse(data.values ?? '') };
    return { ...object, data: { ...data, config: injectorConfig({ release: releaseOf(version), values }) } };
  });
}

/** Deploys Gateways with the istiod of a revision, in a separate namespace with other objects. */
function deploy(
  kubectl: Kubectl,
  namespace: string,
  revision: string,
  manifests: readonly GatewayManifest[],
  more: readonly object[] = [],
): void {
  const labelled = manifests.map(({ metadata, ...manifest }) => ({
    ...manifest,
    metadata: { ...metadata, labels: { ...metadata.labels, 'istio.io/rev': revision } },
  }));
  kubectl.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  kubectl.apply([...more, ...labelled], namespace);
}

/** The objects that the istiod of a revision created, without their unique values. */
function deployed(kubectl: Kubectl, revision: string, ofKinds = kinds): unknown[] {
  return kubectl
    .get(ofKinds, `gateways-of-${revision}`)
    .filter(({ metadata }) => metadata.ownerReferences !== undefined)
    .map((object) =>
      JSON.parse(
        JSON.stringify(istiodFields(object))
          .replaceAll(new RegExp(`\\b${revision}\\b`, 'g'), 'revision')
          .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uid'),
      ),
    );
}

/** The fields of an object that istiod sets. The autoscaler sets the number of pods. */
function istiodFields({ kind, metadata, spec }: KubernetesObject): object {
  const { name, labels, annotations = {}, ownerReferences } = metadata;
  // Kubernetes adds this annotation shortly after istiod creates the Deployment.
  const { 'deployment.kubernetes.io/revision': _, ...own } = annotations as Record<string, string>;
  const { replicas, clusterIP, clusterIPs, healthCheckNodePort, ports, ...rest } = (spec ?? {}) as {
    readonly [key: string]: unknown;
    readonly ports?: readonly { readonly nodePort?: number }[];
  };
  return {
    kind,
    metadata: { name, labels, annotations: own, ownerReferences },
    spec: { ...rest, ports: ports?.map(({ nodePort, ...port }) => port) },
  };
}
