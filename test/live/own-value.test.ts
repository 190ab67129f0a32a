import { describe, expect, it } from 'vitest';
import { matchesLabels } from '../../src/live/label-selector';
import { differences, readRemoteSecret } from '../../src/live/remote-secret';
import { verificationReport } from '../../src/live/verification-report';
import { defineMesh } from '../../src/mesh/define-mesh';
import { goodMesh } from './good-mesh';

/** Every object of JavaScript has this key, and it is a valid name of a cluster and of a label. */
const name = 'constructor';

describe('a cluster named constructor', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    clusters: [
      { name, network: 'network1' },
      { name: 'cluster2', network: 'network2' },
    ],
    verification: { helloWorld: 'enabled' },
  });

  it('has no remote secret in the Secret of another cluster', () => {
    const secret = {
      metadata: { name: 'istio-remote-secret-other', labels: { 'istio/multiCluster': 'true' } },
      data: { other: 'e30=' },
    };
    expect(readRemoteSecret([secret], { from: 'cluster2', to: name })).toMatchObject({
      problem: { message: 'It does not exist.' },
    });
    expect(differences({ server: 'a', user: { token: 't' } }, { server: 'a', user: { token: 't' } })).toEqual(
      [],
    );
  });

  it('works, and has a cause if it does not answer', () => {
    const good = goodMesh(mesh);
    expect(verificationReport(mesh, mesh.clusters, good)).toMatchObject({ passed: true });
    const calls = good.calls.map((each) => ({ ...each, answers: { v2: 1 } }));
    const { problems, helloWorld } = verificationReport(mesh, mesh.clusters, { ...good, calls });
    for (const { message } of problems) {
      expect(message).toMatch(/^HelloWorld of constructor has not answered .*: no check found a problem\.$/);
    }
    expect(problems).toHaveLength(2);
    expect(helloWorld?.[0]?.answers).toEqual({ constructor: 0, cluster2: 1 });
  });
});

describe('a label named constructor', () => {
  it.each([
    ['Exists', false],
    ['DoesNotExist', true],
  ])('%s only if it is there', (operator, isMatch) => {
    const selector = { matchExpressions: [{ key: name, operator }] };
    expect(matchesLabels(selector, {})).toBe(isMatch);
    expect(matchesLabels(selector, { [name]: 'x' })).toBe(!isMatch);
  });
});
