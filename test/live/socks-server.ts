import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy without authentication that leads every connection to one local port. */
export interface SocksServer {
  readonly port: number;
  /** The destinations that clients asked for, such as `name:api.example:443` or `ip:192.0.2.1:443`. */
  readonly destinations: string[];
  close(): void;
}

/** Starts a proxy. @see https://datatracker.ietf.org/doc/html/rfc1928 */
export async function startSocksServer(target: number): Promise<SocksServer> {
  const destinations: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request: Buffer) => {
        destinations.push(destinationOf(request));
        pipeTo(client, target);
      });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { port, destinations, close: () => server.close() };
}

function destinationOf(request: Buffer): string {
  const isName = request[3] === 3;
  const end = isName ? 5 + (request[4] ?? 0) : 8;
  const host = isName ? request.subarray(5, end).toString() : [...request.subarray(4, 8)].join('.');
  return `${isName ? 'name' : 'ip'}:${host}:${request.readUInt16BE(end)}`;
}

function pipeTo(client: Socket, target: number): void {
  const upstream = connect(target, '127.0.0.1', () => {
    client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
}
