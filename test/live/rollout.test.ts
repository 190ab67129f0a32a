import type { CoreV1Event, V1Deployment, V1ReplicaSet } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { errorLine, mayMount, mayStart, newestEvent } from '../../src/live/pod-obstacle';
import { mayAdmit, newestReplicaSet } from '../../src/live/rollout';

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

describe('a container that waits', () => {
  const missingImage = 'Back-off pulling image "pilot:9": ErrImagePull: rpc error: not found';

  it.each<[string, string, number, boolean]>([
    ['ErrImagePull', 'Get "https://registry.example/v2/": net/http: TLS handshake timeout', 5, true],
    ['ImagePullBackOff', 'Back-off pulling image "pilot:1"', 20, true],
    ['ImagePullBackOff', 'Back-off pulling image "pilot:1"', 120, false],
    ['ImagePullBackOff', missingImage, 5, false],
    ['ErrImagePull', 'failed to pull: pull access denied, repository does not exist', 5, false],
    ['ErrImagePull', 'unexpected status: 401 Unauthorized', 5, false],
    ['InvalidImageName', "couldn't parse image name", 5, false],
    ['ErrImageNeverPull', '', 5, false],
    ['CreateContainerConfigError', 'secret "token" not found', 5, true],
    ['CreateContainerConfigError', 'secret "token" not found', 120, false],
  ])('may start or not: %s %s after %i s', (reason, message, seconds, starts) => {
    expect(mayStart({ reason, message }, seconds)).toBe(starts);
  });
});

describe('a pod that the API server refuses', () => {
  it.each([
    [
      'Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": no endpoints available for service "istiod"',
      true,
    ],
    ['pods "gateway-1" is forbidden: exceeded quota: pods', false],
    ['pods "gateway-1" is forbidden: violates PodSecurity "restricted:latest"', false],
  ])('may be admitted later or not: %s', (message, isAdmitted) => {
    expect(mayAdmit(message)).toBe(isAdmitted);
  });
});

describe('an event of a pod that starts', () => {
  function event(reason: string, message: string, seconds = 0): CoreV1Event {
    const lastTimestamp = new Date(Date.UTC(2030, 0, 1, 0, 0, seconds));
    return { reason, message, lastTimestamp, metadata: {}, involvedObject: {} };
  }

  it.each<[string, string, number, boolean]>([
    ['FailedMount', 'MountVolume.SetUp failed for volume "cacerts" : secret "cacerts" not found', 5, true],
    ['FailedMount', 'MountVolume.SetUp failed for volume "cacerts" : secret "cacerts" not found', 60, false],
    ['FailedMount', 'MountVolume.SetUp failed: references non-existent secret key: ca-key.pem', 60, false],
    ['FailedMount', 'failed to sync secret cache: timed out waiting for the condition', 60, true],
    ['Unhealthy', 'Startup probe failed: dial tcp 10.244.0.4:15021: connect: connection refused', 60, true],
    ['FailedCreatePodSandBox', 'Failed to create pod sandbox: istio-cni is not ready', 60, true],
  ])('may pass or not: %s %s after %i s', (reason, message, seconds, passes) => {
    expect(mayMount(event(reason, message), seconds)).toBe(passes);
  });

  it('is the last one, in any order of the list', () => {
    const events = [event('Pulling', 'image', 40), event('FailedMount', 'secret not found', 10)];
    expect(newestEvent(events)?.reason).toBe('Pulling');
    expect(newestEvent([...events].reverse())?.reason).toBe('Pulling');
    expect(newestEvent([])).toBeUndefined();
  });
});
