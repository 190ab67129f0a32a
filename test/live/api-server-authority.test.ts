import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAuthority, shakeHands } from '../../src/live/api-server-authority';
import { base64, issue } from '../remotes/key-pair';
import { closedPort, type LocalServer, startServer } from './api-server';

const stranger = base64(issue('stranger').certificate);
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

describe('shakeHands', () => {
  it('trusts a certificate of the given authority, for the given name', async () => {
    expect(await shakeHands({ server: api.server }, api.caData)).toBe('trusted');
    expect(await shakeHands({ server: api.server, tlsServerName: 'kubernetes' }, api.caData)).toBe('trusted');
  });

  it('says why it does not trust one', async () => {
    const handshakes = [
      shakeHands({ server: api.server }, stranger),
      shakeHands({ server: api.server }, undefined),
      shakeHands({ server: api.server, tlsServerName: 'another' }, api.caData),
    ];
    expect(await Promise.all(handshakes)).toEqual([
      { untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { untrusted: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ]);
  });

  it('tells a server that is not there, or speaks no TLS, from one that is not trusted', async () => {
    const { port } = plain.address() as AddressInfo;
    const nobody = `https://127.0.0.1:${await closedPort()}`;
    expect(await shakeHands({ server: nobody }, api.caData)).toBe('unreachable');
    expect(await shakeHands({ server: `https://127.0.0.1:${port}` }, api.caData)).toBe('unreachable');
  });
});

describe('findAuthority', () => {
  it('takes the first that vouches for the server', async () => {
    expect(await findAuthority(api, [stranger, api.caData, undefined])).toEqual({
      certificateAuthorityData: api.caData,
    });
  });

  it('takes the usual one where nobody answers from here', async () => {
    const server = `https://127.0.0.1:${await closedPort()}`;
    expect(await findAuthority({ server }, [stranger, undefined])).toEqual({
      certificateAuthorityData: stranger,
    });
  });

  it('finds none where none vouches', async () => {
    expect(await findAuthority(api, [stranger, undefined])).toEqual({
      untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });
});
