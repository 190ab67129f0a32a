import { type OpenPort, openPortsPolicy } from '../../kubernetes/network-policy';
import type { KubernetesObject, ObjectMetadata } from '../../kubernetes/object';

/** Opens the ports of a gateway, its health checks and its metrics to all clients. */
export function gatewayPolicy(
  metadata: ObjectMetadata,
  podLabels: Readonly<Record<string, string>>,
  ports: readonly OpenPort[],
): KubernetesObject {
  return openPortsPolicy(metadata, podLabels, [
    [{ port: 15021 }],
    [{ port: 15020 }, { port: 15090 }],
    ...ports.map((port) => [port]),
  ]);
}
