import type { V1Deployment, V1ReplicaSet } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { errorLine } from '../../src/live/pod-obstacle';
import { newestReplicaSet } from '../../src/live/rollout';

const deployment: V1Deployment = { metadata: { name: 'istiod', uid: 'deployment-1' } };

function replicaSet(name: string, revision: string, owner = 'deployment-1'): V1ReplicaSet {
  return {
    metadata: {
      name,
      annotations: { 'deployment.kubernetes.io/revision': revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'istiod', uid: owner }],
    },
  };
}

describe('newestReplicaSet', () => {
  it('is the one with the highest revision, as a number', () => {
    const sets = [replicaSet('old', '9'), replicaSet('new', '10'), replicaSet('first', '1')];
    expect(newestReplicaSet(deployment, sets)?.metadata?.name).toBe('new');
  });

  it('belongs to the Deployment', () => {
    expect(newestReplicaSet(deployment, [replicaSet('other', '3', 'deployment-2')])).toBeUndefined();
  });
});

describe('errorLine', () => {
  it.each([
    ['the error before the usage', 'starting\nError: no CA\nUsage:\n  pilot-discovery', 'Error: no CA'],
    ['the last error', 'error one\nfailed to start: two\n', 'failed to start: two'],
    ['the last line, without an error', 'one\ntwo\n\n', 'two'],
  ])('is %s', (_, log, line) => {
    expect(errorLine(log)).toBe(line);
  });

  it('is undefined for an empty log', () => {
    expect(errorLine('\n')).toBeUndefined();
  });
});
