import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAuthority, tryHandshake } from '../../src/live/api-server-certificate';
import { base64, issue } from '../remotes/key-pair';
import { closedPort, type LocalServer, startServer } from './api-server';

const otherAuthority = base64(issue('other-authority').certificate);
let api: LocalServer;
let plain: Server;

beforeAll(async () => {
  api = await startServer(() => {});
  plain = createServer((socket) => socket.end('no TLS here')).listen(0, '127.0.0.1');
});
afterAll(async () => {
  await api.close();
  plain.close();
});

describe('tryHandshake', () => {
  it('trusts a certificate with the given authority and name', async () => {
    expect(await tryHandshake({ server: api.server }, api.caData)).toBe('trusted');
    expect(await tryHandshake({ server: api.server, tlsServerName: 'kubernetes' }, api.caData)).toBe(
      'trusted',
    );
  });

  it('reports why a certificate is not trusted', async () => {
    const results = [
      tryHandshake({ server: api.server }, otherAuthority),
      tryHandshake({ server: api.server }, undefined),
      tryHandshake({ server: api.server, tlsServerName: 'another' }, api.caData),
    ];
    expect(await Promise.all(results)).toEqual([
      { untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ]);
  });

  it('reports a server that does not answer, or does not use TLS, as unreachable', async () => {
    const { port } = plain.address() as AddressInfo;
    const closed = `https://127.0.0.1:${await closedPort()}`;
    expect(await tryHandshake({ server: closed }, api.caData)).toBe('unreachable');
    expect(await tryHandshake({ server: `https://127.0.0.1:${port}` }, api.caData)).toBe('unreachable');
  });
});

describe('findAuthority', () => {
  it('returns the first candidate that verifies the certificate', async () => {
    expect(await findAuthority(api, [otherAuthority, api.caData, undefined])).toEqual({
      certificateAuthorityData: api.caData,
    });
  });

  it('returns the first candidate if the server is unreachable', async () => {
    const server = `https://127.0.0.1:${await closedPort()}`;
    expect(await findAuthority({ server }, [otherAuthority, undefined])).toEqual({
      certificateAuthorityData: otherAuthority,
    });
  });

  it('reports the reason if no candidate verifies the certificate', async () => {
    expect(await findAuthority(api, [otherAuthority, undefined])).toEqual({
      untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });
});
