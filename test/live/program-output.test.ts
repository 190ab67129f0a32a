import { describe, expect, it } from 'vitest';
import { helloWorldEndpoints, parseHelloWorldVersion } from '../../src/live/hello-world';
import { fingerprints } from '../../src/live/observe-control-plane';
import { parseRemoteClusters } from '../../src/live/observe-pods';
import { reachabilityOf } from '../../src/live/reachability';
import { issue } from '../remotes/key-pair';

describe('the answer of HelloWorld', () => {
  it('contains the version; any other text is no answer', () => {
    expect(parseHelloWorldVersion('Hello version: v2, instance: helloworld-v2-56b8bc77db-2knvn')).toBe('v2');
    for (const text of [
      '',
      'no healthy upstream',
      'curl: (28) Operation timed out',
      '<p>Hello version: v1',
    ]) {
      expect(parseHelloWorldVersion(text)).toBeUndefined();
    }
  });
});

describe('the endpoint clusterz of istiod', () => {
  it('lists the clusters that istiod reads', () => {
    const local = { id: 'cluster1', secretName: '', syncStatus: 'synced' };
    const remote = { id: 'cluster2', secretName: 'istio-system/a', syncStatus: 'timeout' };
    expect(parseRemoteClusters(JSON.stringify([local, remote]))).toEqual([local, remote]);
    expect(parseRemoteClusters('[{"id":"cluster1","syncStatus":"synced"}]')).toEqual([local]);
    for (const text of ['', 'Error: 404', '{}', 'null', '[null]'])
      expect(parseRemoteClusters(text)).toBeUndefined();
  });
});

describe('the endpoint clusters of a proxy', () => {
  const host = (address: string, port: number) => ({
    address: { socket_address: { address, port_value: port } },
    stats: [{ name: 'cx_connect_fail' }],
  });

  it('lists the endpoints of HelloWorld, in any cluster domain', () => {
    const list = (name: string) =>
      JSON.stringify({
        cluster_statuses: [
          { name: 'outbound|80||other.sample.svc.cluster.local', host_statuses: [host('10.0.0.9', 80)] },
          {
            name,
            host_statuses: [
              host('10.244.0.11', 5000),
              host('198.51.100.129', 15443),
              { address: { pipe: {} } },
            ],
          },
        ],
      });
    for (const domain of ['cluster.local', 'corp.example']) {
      expect(helloWorldEndpoints(list(`outbound|5000||helloworld.sample.svc.${domain}`))).toEqual([
        { address: '10.244.0.11', port: 5000 },
        { address: '198.51.100.129', port: 15443 },
      ]);
    }
    expect(helloWorldEndpoints(list('outbound|5000||helloworld.sample2.svc.cluster.local'))).toEqual([]);
    expect(helloWorldEndpoints('not found')).toBeUndefined();
  });
});

describe('pilot-agent wait', () => {
  const wait = (error: string, exitCode = 255) => {
    const stderr = `info\tWaiting\nError: timeout waiting for Envoy proxy to become ready. Last error: Get "http://a:15443/": ${error}`;
    return reachabilityOf('a:15443', { exitCode, stdout: '', stderr });
  };

  it('distinguishes a gateway that closes the connection from an unreachable one', () => {
    expect(wait('read tcp 10.0.0.1:4->1.2.3.4:15443: read: connection reset by peer')).toBe('reachable');
    expect(wait('EOF')).toBe('reachable');
    expect(wait('', 0)).toBe('reachable');
    expect(wait('dial tcp 1.2.3.4:15443: connect: connection refused')).toEqual({
      reason: 'a:15443 does not answer: dial tcp 1.2.3.4:15443: connect: connection refused',
    });
    const timeout = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
    expect(wait(timeout)).toEqual({ reason: 'a:15443 does not answer' });
    const failed = { exitCode: 1, stdout: '', stderr: 'no such command' };
    expect(reachabilityOf('a:15443', failed)).toBeUndefined();
  });
});

describe('fingerprints', () => {
  it('differ for two certificates of the same name, and do not depend on their order', () => {
    const one = issue('Root CA').certificate;
    const other = issue('Root CA').certificate;
    expect(fingerprints(one)).not.toEqual(fingerprints(other));
    expect(fingerprints(one + other)).toEqual(fingerprints(`comment\n${other}${one}`));
    expect(fingerprints(one + other)).toHaveLength(2);
    expect(fingerprints('')).toEqual([]);
  });
});
