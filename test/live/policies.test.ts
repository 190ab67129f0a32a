import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { type AuthorizationPolicy, authorizationProblems } from '../../src/live/authorization-policies';
import {
  appliedRules,
  type DestinationRule,
  destinationRuleProblems,
} from '../../src/live/destination-rules';
import { visibilityProblems } from '../../src/live/hello-world-service';
import { networkPolicyProblems } from '../../src/live/network-policies';
import { type PeerAuthentication, peerAuthenticationProblems } from '../../src/live/peer-authentications';
import { type Sidecar, sidecarProblems } from '../../src/live/sidecars';
import type { Workload } from '../../src/live/workload';
import { eastWestGatewayLabels } from '../../src/mesh/istio-names';

const host = 'helloworld.sample.svc.cluster.local';
const server: Workload = { namespace: 'sample', labels: { app: 'helloworld' } };
const client: Workload = { namespace: 'sample', labels: { app: 'curl' } };
const gateway: Workload = { namespace: 'istio-system', labels: eastWestGatewayLabels };

/** A policy of the namespace sample. */
function policy<Spec>(spec: Spec, namespace = 'sample', name = 'p') {
  return { metadata: { name, namespace }, spec };
}

function messages(problems: readonly { readonly message: string }[]): string {
  return problems.map(({ message }) => message).join('\n');
}

describe('AuthorizationPolicies', () => {
  const from = [{ source: { namespaces: ['sample'] } }];

  it.each<[string, AuthorizationPolicy[]]>([
    ['one without rules allows nothing', [policy({})]],
    ['one of the root namespace allows nothing', [policy({}, 'istio-system')]],
    ['a rule without conditions denies all', [policy({ action: 'DENY', rules: [{}] })]],
    [
      'one that denies all comes before one that allows some',
      [policy({ rules: [{ from }] }), policy({ action: 'DENY', rules: [{}] })],
    ],
  ])('deny all requests: %s', (_, policies) => {
    const { certain } = authorizationProblems('cluster1', policies, server);
    expect(messages(certain)).toMatch(/^AuthorizationPolicy .*\/p of cluster1 denies all requests/);
    expect(certain[0]).toMatchObject({
      mayPass: false,
      hint: expect.stringMatching(/kubectl delete -n \S+ authorizationpolicy p\./),
    });
  });

  it.each<[string, AuthorizationPolicy[]]>([
    ['another namespace', [policy({}, 'other')]],
    ['other workloads', [policy({ selector: { matchLabels: { app: 'web' } } })]],
    ['no rule to deny by', [policy({ action: 'DENY', rules: [] })]],
    ['a log', [policy({ action: 'AUDIT', rules: [{}] })]],
    ['one of two allows some', [policy({}), policy({ rules: [{ from }] })]],
  ])('do not deny all requests: %s', (_, policies) => {
    expect(authorizationProblems('cluster1', policies, server).certain).toEqual([]);
  });

  it('may deny one request, by their conditions', () => {
    const policies = [policy({ rules: [{ from }] }), policy({ action: 'DENY', rules: [{ from }] })];
    expect(authorizationProblems('cluster1', policies, server).possible).toHaveLength(2);
  });
});

describe('PeerAuthentications', () => {
  const mtls = (mode: string) => ({ mtls: { mode } });
  const selector = { matchLabels: { app: 'helloworld' } };
  const disabled = policy(mtls('DISABLE'), 'sample', 'disabled');

  it.each<[string, PeerAuthentication[], boolean]>([
    ['that of the namespace', [disabled], true],
    ['that of the mesh', [policy(mtls('DISABLE'), 'istio-system')], true],
    [
      'that of the port',
      [policy({ ...mtls('STRICT'), portLevelMtls: { '5000': { mode: 'DISABLE' } } })],
      true,
    ],
    [
      'that of the workload, before the namespace',
      [disabled, policy({ ...mtls('STRICT'), selector })],
      false,
    ],
    [
      'that of the namespace, before the mesh',
      [policy(mtls('DISABLE'), 'istio-system'), policy(mtls('STRICT'))],
      false,
    ],
    [
      'the mesh, if the namespace leaves it open',
      [policy(mtls('UNSET')), policy(mtls('DISABLE'), 'istio-system')],
      true,
    ],
    [
      'none of other workloads',
      [policy({ ...mtls('DISABLE'), selector: { matchLabels: { app: 'web' } } })],
      false,
    ],
    ['none of other namespaces', [policy(mtls('DISABLE'), 'other')], false],
    [
      'one of the root namespace for workloads there',
      [policy({ ...mtls('DISABLE'), selector }, 'istio-system')],
      false,
    ],
    ['STRICT is what calls across networks use', [policy(mtls('STRICT'))], false],
  ])('apply by their precedence: %s', (_, policies, isOff) => {
    const problems = peerAuthenticationProblems('cluster1', policies, server);
    expect(problems).toHaveLength(isOff ? 1 : 0);
    if (isOff) expect(messages(problems)).toMatch(/turns off mutual TLS for HelloWorld/);
  });
});

describe('DestinationRules', () => {
  const trafficPolicy = { tls: { mode: 'DISABLE' } };

  it.each<[string, DestinationRule]>([
    ['the short name', policy({ host: 'helloworld', trafficPolicy })],
    ['the full name', policy({ host, trafficPolicy }, 'istio-system')],
    ['all hosts of a domain', policy({ host: '*.local', trafficPolicy }, 'istio-system')],
    ['all hosts', policy({ host: '*', trafficPolicy }, 'istio-system')],
    [
      'the port',
      policy({
        host,
        trafficPolicy: { portLevelSettings: [{ port: { number: 5000 }, tls: { mode: 'SIMPLE' } }] },
      }),
    ],
  ])('set another TLS mode: %s', (_, rule) => {
    expect(messages(destinationRuleProblems('cluster1', appliedRules([rule], client, host), host))).toMatch(
      /^DestinationRule \S+\/p of cluster1 sets the TLS mode (DISABLE|SIMPLE) for helloworld/,
    );
  });

  it.each<[string, DestinationRule]>([
    ['Istio’s own mutual TLS', policy({ host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } })],
    ['no TLS setting', policy({ host, trafficPolicy: {} })],
    ['the short name in another namespace', policy({ host: 'helloworld', trafficPolicy }, 'other')],
    // istiod takes a name with a dot for a whole name, and looks in three namespaces only.
    ['a name that is not whole', policy({ host: 'helloworld.sample', trafficPolicy })],
    ['the full name in another namespace', policy({ host, trafficPolicy }, 'other')],
    ['the root namespace alone', policy({ host, trafficPolicy, exportTo: ['.'] }, 'istio-system')],
    ['other workloads', policy({ host, trafficPolicy, workloadSelector: { matchLabels: { app: 'web' } } })],
    ['another host', policy({ host: 'web.sample.svc.cluster.local', trafficPolicy })],
    [
      'another port',
      policy({
        host,
        trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'DISABLE' } }] },
      }),
    ],
  ])('do not concern HelloWorld: %s', (_, rule) => {
    expect(destinationRuleProblems('cluster1', appliedRules([rule], client, host), host)).toEqual([]);
  });
});

describe('NetworkPolicies', () => {
  const all = { podSelector: {} };
  const ingress = (port: object) => policy({ ...all, ingress: [{ ports: [port] }] });

  it.each<[string, V1NetworkPolicy, Workload, 'Ingress' | 'Egress', RegExp]>([
    ['no rule lets anything in', policy(all), server, 'Ingress', /closes port 5000 of HelloWorld/],
    ['another port', ingress({ port: 80 }), server, 'Ingress', /closes port 5000/],
    ['another protocol', ingress({ port: 5000, protocol: 'UDP' }), server, 'Ingress', /closes port 5000/],
    [
      'the gateway',
      policy(all, 'istio-system'),
      gateway,
      'Ingress',
      /closes port 15443 of the east-west gateway/,
    ],
    [
      'no rule lets anything out',
      policy({ ...all, policyTypes: ['Egress'] }),
      client,
      'Egress',
      /closes the connections of the client of HelloWorld to port 15443/,
    ],
  ])('close a port: %s', (_, networkPolicy, workload, direction, message) => {
    const problems = networkPolicyProblems('cluster1', [networkPolicy], workload, direction);
    expect(messages(problems)).toMatch(message);
  });

  it.each<[string, V1NetworkPolicy[], 'Ingress' | 'Egress']>([
    ['they select other pods', [policy({ podSelector: { matchLabels: { app: 'web' } } })], 'Ingress'],
    ['they are of another namespace', [policy(all, 'other')], 'Ingress'],
    ['they are only for ingress', [policy(all)], 'Egress'],
    ['one of several opens the port', [policy(all), ingress({ port: 5000 })], 'Ingress'],
    ['a range has the port', [ingress({ port: 4000, endPort: 6000 })], 'Ingress'],
    ['a rule is for all ports', [policy({ ...all, ingress: [{}] })], 'Ingress'],
    ['the name of a port may be that of this one', [ingress({ port: 'http' })], 'Ingress'],
  ])('leave a port open: %s', (_, policies, direction) => {
    expect(networkPolicyProblems('cluster1', policies, server, direction)).toEqual([]);
  });
});

describe('Sidecars', () => {
  const egress = (...hosts: string[]) => ({ egress: [{ hosts }] });
  const workloadSelector = { labels: { app: 'curl' } };

  it.each<[string, Sidecar[], boolean]>([
    ['only other namespaces', [policy(egress('istio-system/*'))], true],
    ['that of the mesh', [policy(egress('./*', 'web/*'), 'istio-system')], false],
    ['only another Service', [policy(egress('./web.sample.svc.cluster.local'))], true],
    ['all Services of its namespace', [policy(egress('./*'))], false],
    ['the Service', [policy(egress(`sample/${host}`))], false],
    ['all hosts', [policy(egress('*/*'))], false],
    ['no egress at all', [policy({})], false],
    [
      'that of the workload, before the namespace',
      [policy(egress('web/*')), policy({ ...egress('./*'), workloadSelector })],
      false,
    ],
    ['that of another namespace', [policy(egress('web/*'), 'web')], false],
  ])('show HelloWorld to its client, or not: %s', (_, sidecars, isHidden) => {
    const problems = sidecarProblems('cluster1', sidecars, client, host);
    expect(problems).toHaveLength(isHidden ? 1 : 0);
    if (isHidden) expect(messages(problems)).toMatch(/^Sidecar sample\/p of cluster1 hides HelloWorld/);
  });
});

describe('the annotation exportTo of the Service', () => {
  const service = (exportTo?: string) => ({
    metadata: {
      name: 'helloworld',
      ...(exportTo === undefined ? {} : { annotations: { 'networking.istio.io/exportTo': exportTo } }),
    },
  });

  it.each<[string | undefined, boolean]>([
    ['~', true],
    ['web, istio-system', true],
    ['*', false],
    ['.', false],
    ['web, sample', false],
    [undefined, false],
  ])('hides it or not: %s', (value, isHidden) => {
    expect(visibilityProblems('cluster1', service(value))).toHaveLength(isHidden ? 1 : 0);
  });
});
