import type { HelmValues } from '../helm-values';
import type { Part, PlacedProblem } from './placed-problem';

/** Ports that Kubernetes refuses beside each other, or in a Service of a type. */
export function servicePortProblems(ports: readonly Part[], type: unknown): PlacedProblem[] {
  return [
    ...repeated(ports, 'name', ({ name }) => name),
    ...repeated(ports, 'port', (entry) => entry.port !== undefined && `${entry.port} ${protocolOf(entry)}`),
    ...repeated(ports, 'nodePort', (entry) => entry.nodePort && `${entry.nodePort} ${protocolOf(entry)}`),
    ...(ports.length > 1 ? ports.filter(({ entry }) => !entry.name).map(withoutName) : []),
    ...(type === 'ClusterIP' ? ports.filter(({ entry }) => entry.nodePort).map(nodePortOfClusterIp) : []),
  ];
}

function protocolOf({ protocol }: HelmValues): string {
  return String(protocol || 'TCP');
}

/** Ports that have a key which an earlier one has. */
function repeated(
  ports: readonly Part[],
  field: string,
  keyOf: (entry: HelmValues) => unknown,
): PlacedProblem[] {
  const keys = ports.map(({ entry }) => keyOf(entry) || undefined);
  return ports
    .filter((_, index) => keys[index] !== undefined && keys.indexOf(keys[index]) < index)
    .map(({ entry, path }) => ({
      at: [...path, field],
      message: `Two ports of the Service have the ${field} ${entry[field]}.`,
      hint: `Write another ${field}, or remove one of the two.`,
    }));
}

function withoutName({ path }: Part): PlacedProblem {
  return {
    at: path,
    message: 'A Service with several ports needs a name for each.',
    hint: 'Add name: with a name such as https.',
  };
}

function nodePortOfClusterIp({ path }: Part): PlacedProblem {
  return {
    at: [...path, 'nodePort'],
    message: 'A Service of type ClusterIP has no nodePort.',
    hint: 'Remove nodePort, or write type: LoadBalancer or type: NodePort.',
  };
}
