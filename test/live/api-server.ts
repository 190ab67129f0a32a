import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { base64, issue, type KeyPair } from '../remotes/key-pair';

/** A local HTTPS server for tests. */
export interface LocalServer {
  readonly server: string;
  readonly port: number;
  /** Its self-signed certificate, in base64. */
  readonly caData: string;
  close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function startServer(
  answer: RequestListener,
  pair: KeyPair = issue('api-server', 'IP:127.0.0.1,DNS:kubernetes'),
): Promise<LocalServer> {
  const server = createServer({ cert: pair.certificate, key: pair.key }, answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    server: `https://127.0.0.1:${port}`,
    port,
    caData: base64(pair.certificate),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A local port without a server. */
export async function closedPort(): Promise<number> {
  const server = await startServer(() => {});
  await server.close();
  return server.port;
}

/** Starts a server that answers with what it was sent, as some proxies do. */
export function startEchoServer(): Promise<LocalServer> {
  return startServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<html>${JSON.stringify(request.headers)}</html>`);
  });
}
