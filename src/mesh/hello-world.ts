import type { Mesh } from './mesh';

/**
 * Istio's HelloWorld: a Service that every cluster has, behind it a version that is the cluster's own, and
 * a client to call it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export const helloWorld = {
  namespace: 'sample',
  service: 'helloworld',
  port: 5000,
  /** The Deployment of the client, and its container. */
  client: 'curl',
  clientImage: 'docker.io/curlimages/curl:8.16.0',
} as const;

/** The version that the HelloWorld of a cluster answers with: v1 for the first of the mesh. */
export function helloWorldVersion({ clusters }: Mesh, clusterName: string): string {
  return `v${clusters.findIndex(({ name }) => name === clusterName) + 1}`;
}
