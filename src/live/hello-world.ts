import type { Mesh } from '../mesh/mesh';

/**
 * Istio's HelloWorld as the output folders deploy it: a Service that every cluster has, a version behind
 * it that is the cluster's own, and a client to call it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export const helloWorld = {
  namespace: 'sample',
  service: 'helloworld',
  port: 5000,
  /** The Deployment of the client, and its container. */
  client: 'curl',
} as const;

/** The version that the HelloWorld of a cluster answers with: v1 for the first of the mesh. */
export function helloWorldVersion({ clusters }: Mesh, clusterName: string): string {
  return `v${clusters.findIndex(({ name }) => name === clusterName) + 1}`;
}

/** The version that an answer names; undefined for anything that is not HelloWorld's. */
export function answeredVersion(answer: string): string | undefined {
  return /^Hello version: (\S+), instance: \S+/.exec(answer)?.[1];
}
