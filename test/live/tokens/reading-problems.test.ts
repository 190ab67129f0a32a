import { expect, test } from 'vitest';
import type { SecretReading } from '../../../src/live/remote-secret';
import type { ReaderState, ReadingIstiod } from '../../../src/live/tokens/observe-reading';
import { readingProblems } from '../../../src/live/tokens/reading-problems';
import { loneCluster } from '../lone-cluster';

const current = { server: 'https://203.0.113.10:6443', user: { token: 'new' } };

function istiod(syncStatus = 'synced', endpoints = 4): ReadingIstiod {
  const secretName = 'istio-system/istio-remote-secret-c2';
  return {
    pod: 'istiod-1',
    remoteClusters: [{ id: 'c2', secretName, syncStatus }],
    endpoints: { c2: endpoints },
  };
}

function reader({ token = 'new', istiods = [istiod()] } = {}): ReaderState {
  const settings = { ...current, user: { token } };
  const secret: SecretReading = { name: 'istio-remote-secret-c2', kubeconfig: '', settings };
  return { cluster: loneCluster(), secrets: new Map([['c2', secret]]), istiods };
}

function messages(state: ReaderState, endpoints = 4): string[] {
  return readingProblems(state, { to: 'c2', current, endpoints }).map(({ message }) => message);
}

test('nothing is left when all istiods have read the cluster with the current token', () => {
  expect(messages(reader({ istiods: [istiod(), istiod('synced', 5)] }))).toEqual([]);
});

test.each<[string, ReaderState, RegExp]>([
  ['another token', reader({ token: 'old' }), /remote-secret-c2 of c1 does not have the token of c2/],
  [
    'an istiod that reads',
    reader({ istiods: [istiod(), istiod('syncing')] }),
    /not read c2 .*: synced, syncing\./,
  ],
  ['no istiod', reader({ istiods: [] }), /no istiod pod is ready/],
  [
    'lost endpoints',
    reader({ istiods: [istiod(), istiod('synced', 3)] }),
    /knows 3 endpoints of c2, and needs 4/,
  ],
  [
    'an istiod that does not say',
    reader({ istiods: [{ ...istiod(), endpoints: undefined }] }),
    /did not say which endpoints/,
  ],
  [
    'no Secret',
    {
      ...reader(),
      secrets: new Map([['c2', { problem: { message: 'It does not exist.', hint: '', mayPass: false } }]]),
    },
    /istio-remote-secret-c2 of c1: It does not exist/,
  ],
])('the token cannot be revoked yet with %s', (_, state, message) => {
  expect(messages(state)).toEqual([expect.stringMatching(message)]);
});
