import { describe, expect, it } from 'vitest';
import { connectionProblem } from '../../src/live/connection-problem';
import { withTimeout } from '../../src/live/timeout';

const attempt = { cluster: 'cluster1', server: 'https://203.0.113.10:6443', action: 'read Secret a' };

describe('connectionProblem', () => {
  it('reports a timeout', async () => {
    const timeout = await withTimeout(0.01, new Promise(() => {})).catch((error: unknown) => error);
    expect(connectionProblem(timeout, attempt)).toMatchObject({
      code: 'LIVE-TIMEOUT',
      location: { file: 'cluster1' },
      message: 'https://203.0.113.10:6443 did not answer in time: read Secret a.',
    });
  });

  it('reads the error in an event of a web socket', () => {
    const event = (message: string) => ({ type: 'error', error: new Error(message) });
    const codeOf = (message: string) => connectionProblem(event(message), attempt).code;
    expect(codeOf('Unexpected server response: 403')).toBe('LIVE-FORBIDDEN');
    expect(codeOf('Unexpected server response: 500')).toBe('LIVE-API');
    expect(codeOf('Opening handshake has timed out')).toBe('LIVE-TIMEOUT');
  });

  it('names the other field manager of a conflict', () => {
    const body = JSON.stringify({ message: 'Apply failed with 1 conflict: conflict with "argocd"' });
    expect(connectionProblem({ code: 409, body }, { ...attempt, action: 'apply Namespace a' })).toEqual({
      code: 'LIVE-CONFLICT',
      location: { file: 'cluster1' },
      message:
        'Failed to apply Namespace a: another field manager owns these fields. cluster1 answered: Apply failed with 1 conflict: conflict with "argocd".',
      hint: 'Choose one owner: change mesh.yaml to match the cluster, or remove the fields from the other manager. Then try again.',
    });
  });

  it.each([
    ['ENOTFOUND', 'LIVE-UNREACHABLE', /does not resolve/, /DNS/],
    ['ECONNREFUSED', 'LIVE-UNREACHABLE', /nothing listens/, /right port/],
    ['ETIMEDOUT', 'LIVE-UNREACHABLE', /does not answer/, /firewall/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'LIVE-TLS', /signed by itself/, /certificate-authority-data/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'LIVE-TLS', /root that is not in the kubeconfig/, /intercepts TLS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'LIVE-TLS', /not trusted/, /certificate authority/],
    ['CERT_HAS_EXPIRED', 'LIVE-TLS', /has expired/, /clock/],
    ['CERT_NOT_YET_VALID', 'LIVE-TLS', /not valid yet/, /clocks/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'LIVE-TLS', /another name/, /tls-server-name/],
  ])('says what %s means, and what to do', (code, expected, message, hint) => {
    const problem = connectionProblem(Object.assign(new Error('sesame'), { code }), attempt);
    expect(problem.code).toBe(expected);
    expect(problem.message).toMatch(message);
    expect(problem.message).toContain(`(${code})`);
    expect(problem.hint).toMatch(hint);
  });

  it('never contains the message of an error, which may quote a token', () => {
    const errors = [
      new TypeError('Bearer sesame\n is not a legal HTTP header value'),
      Object.assign(new Error('Invalid character in header content ["sesame"]'), {
        code: 'ERR_INVALID_CHAR',
      }),
      new SyntaxError('Unexpected token < in JSON: sesame'),
      'sesame',
      { error: new Error('sesame') },
      undefined,
      null,
    ];
    for (const error of errors) {
      for (const proxy of [undefined, '127.0.0.1:1080']) {
        const problem = connectionProblem(error, { ...attempt, proxy });
        expect(problem.code).toMatch(/^LIVE-/);
        expect(JSON.stringify(problem)).not.toContain('sesame');
      }
    }
  });

  it('reads the code in the message of an error of a proxy', () => {
    const error = new Error('connect ECONNREFUSED 127.0.0.1:1080');
    const { message, hint } = connectionProblem(error, { ...attempt, proxy: '127.0.0.1:1080' });
    expect(message).toContain('through the proxy 127.0.0.1:1080 (ECONNREFUSED)');
    expect(hint).toContain('start the tunnel');
  });
});
