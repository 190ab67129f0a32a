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
    const codeOf = (message: string) => connectionProblem(event(message), attempt)?.code;
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

  it('ignores errors that have another cause', () => {
    for (const error of [new TypeError('x is not a function'), undefined, null, 'text', new RangeError()]) {
      expect(connectionProblem(error, attempt)).toBeUndefined();
    }
  });
});
