import { helloWorld, istioSystem } from '../mesh/istio-names';
import type { ClusterObservation } from './observation';
import { proxyContainer } from './observe-pods';
import type { PodLocation } from './pod-command';

/** The container of a client's proxy; undefined if no client with a sidecar is ready. */
export function clientProxy({ helloWorld: pods }: ClusterObservation): PodLocation | undefined {
  const client = pods?.clients.find(({ ready, sidecar }) => ready && sidecar);
  return client && { namespace: helloWorld.namespace, pod: client.name, container: proxyContainer };
}

/** A container with Istio's agent in the network of istiod: preferably of the gateway, which is in its namespace. */
export function agentOf(observation: ClusterObservation): PodLocation | undefined {
  const { gateway, ambientGateway } = observation.controlPlane ?? {};
  const pod = gateway?.pod ?? ambientGateway?.pod;
  return pod === undefined
    ? clientProxy(observation)
    : { namespace: istioSystem, pod, container: proxyContainer };
}
