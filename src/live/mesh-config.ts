import type { V1ConfigMap, V1LabelSelector, V1Namespace } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { helloWorld, istioSystem, withRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { matchesLabels } from './label-selector';
import type { LiveCluster } from './live-cluster';
import { lasting, type UnlocatedProblem } from './live-problem';

/** The parts of Istio's MeshConfig that decide whether clusters understand each other. */
interface MeshConfig {
  readonly trustDomain?: string;
  readonly discoverySelectors?: readonly V1LabelSelector[];
}

/**
 * Reads the ConfigMap `istio`, which istiod uses: what in it differs from the mesh definition, or hides HelloWorld.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export async function observeMeshConfig(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<UnlocatedProblem[]> {
  const name = withRevision('istio', cluster.istio.revision);
  const [configMap, namespace] = await Promise.all([
    live.read<V1ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: istioSystem }),
    live.read<V1Namespace>({ apiVersion: 'v1', kind: 'Namespace', name: helloWorld.namespace }),
  ]);
  const text = configMap?.data?.mesh;
  if (text === undefined) return [];
  const isCalled = mesh.verification.helloWorld === 'enabled';
  return meshConfigProblems(text, {
    where: `ConfigMap ${istioSystem}/${name} of ${cluster.name}`,
    cluster: cluster.name,
    trustDomain: mesh.trustDomain,
    namespaceLabels: isCalled ? namespace?.metadata?.labels : undefined,
  });
}

/** What a mesh config must agree with. */
interface MeshConfigNeeds {
  /** The ConfigMap, as messages name it. */
  readonly where: string;
  readonly cluster: string;
  readonly trustDomain: string;
  /**
   * The labels of the namespace of HelloWorld.
   * @default - HelloWorld is not deployed
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

/** What in the text of a mesh config breaks the mesh. */
export function meshConfigProblems(text: string, needs: MeshConfigNeeds): UnlocatedProblem[] {
  const { where, cluster, trustDomain, namespaceLabels } = needs;
  const config = readConfig(text);
  const apply = `Apply the control plane of ${cluster}`;
  if (config === undefined) {
    return [lasting(`${where} is not valid YAML, so istiod ignores it.`, `${apply}, which contains it.`)];
  }
  const found = config.trustDomain ?? 'cluster.local';
  const domain =
    found === trustDomain
      ? []
      : [
          lasting(
            `${where} has the trust domain ${found}, but mesh.yaml has ${trustDomain}.`,
            `${apply}, restart istiod, the gateways and the workloads of ${cluster}.`,
          ),
        ];
  const selectors = config.discoverySelectors ?? [];
  const isHidden =
    namespaceLabels !== undefined &&
    selectors.length > 0 &&
    !selectors.some((selector) => matchesLabels(selector, namespaceLabels));
  return isHidden
    ? [
        ...domain,
        lasting(
          `discoverySelectors in ${where} exclude the namespace ${helloWorld.namespace}, so istiod ignores HelloWorld.`,
          `Give the namespace a label that a selector matches, or add a selector to meshConfig.discoverySelectors in mesh.yaml.`,
        ),
      ]
    : domain;
}

/** Reads a mesh config as istiod does: as YAML 1.1, in which the last of several equal keys counts. */
export function readConfig(text: string): (MeshConfig & Readonly<Record<string, unknown>>) | undefined {
  try {
    const config: unknown = parse(text, { version: '1.1', uniqueKeys: false, logLevel: 'error' }) ?? {};
    return typeof config === 'object' ? { ...config } : undefined;
  } catch {
    return undefined;
  }
}
