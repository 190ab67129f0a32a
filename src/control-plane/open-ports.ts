/** A port of pods. */
interface OpenPort {
  readonly port: number | undefined;
  /** TCP, where it does not say. */
  readonly protocol?: string;
}

/** The part of a NetworkPolicy that lets everybody reach some ports. */
export function openPorts(ports: readonly OpenPort[]) {
  return { ports: ports.map(({ port, protocol = 'TCP' }) => ({ protocol, port })) };
}
