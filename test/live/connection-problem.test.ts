import { describe, expect, it } from 'vitest';
import { connectionProblem } from '../../src/live/connection-problem';
import { withTimeout } from '../../src/live/timeout';

const attempt = { cluster: 'cluster1', server: 'https://203.0.113.10:6443', action: 'read Secret a' };

describe('connectionProblem', () => {
  it('tells lateness', async () => {
    const late = await withTimeout(0.01, new Promise(() => {})).catch((error: unknown) => error);
    expect(connectionProblem(late, attempt)).toMatchObject({
      code: 'LIVE-TIMEOUT',
      location: { file: 'cluster1' },
      message: 'https://203.0.113.10:6443 did not answer in time to: read Secret a.',
    });
  });

  it('looks into the events of web sockets', () => {
    const event = (message: string) => ({ type: 'error', error: new Error(message) });
    const codeOf = (message: string) => connectionProblem(event(message), attempt)?.code;
    expect(codeOf('Unexpected server response: 403')).toBe('LIVE-FORBIDDEN');
    expect(codeOf('Unexpected server response: 500')).toBe('LIVE-API');
    expect(codeOf('Opening handshake has timed out')).toBe('LIVE-TIMEOUT');
  });

  it('leaves what is no failure of a connection to others', () => {
    for (const error of [new TypeError('x is not a function'), undefined, null, 'text', new RangeError()]) {
      expect(connectionProblem(error, attempt)).toBeUndefined();
    }
  });
});
