import { all, type Break, type Change, commandsOf, created, patched } from './break';

const gatewayService = { cluster: 'cluster2', object: 'service istio-eastwestgateway -n istio-system' };
const crossNetworkGateway = {
  cluster: 'cluster2',
  object: 'gateways.networking.istio.io cross-network-gateway -n istio-system',
};

/** The token of the account that cluster1 reads cluster2 with is replaced. */
const revokedToken: Change = commandsOf(
  'kubectl --kubeconfig cluster2.kubeconfig -n istio-system delete secret --field-selector type=kubernetes.io/service-account-token',
  `npx istio-mesh join
npx istio-mesh synth
kubectl --kubeconfig cluster1.kubeconfig apply -f dist/cluster1/60-remote-secrets.k8s.yaml`,
);

/** cluster1 has an address of the API server of cluster2 at which nothing answers. */
const unreachableServer: Change = commandsOf(
  `node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const text = readFileSync("dist/cluster1/60-remote-secrets.k8s.yaml", "utf8");
  const change = (data) => Buffer.from(Buffer.from(data, "base64").toString()
    .replace(/(server: "?https:\\/\\/)[^:]+/, "$1203.0.113.1")).toString("base64");
  writeFileSync("unreachable.yaml", text.replace(/(cluster2: )(\\S{100,})/, (_, key, data) => key + change(data)));
'
kubectl --kubeconfig cluster1.kubeconfig apply -f unreachable.yaml`,
  // istiod that waited for an API server that did not answer misses later changes of the Secret.
  `kubectl --kubeconfig cluster1.kubeconfig apply -f dist/cluster1/60-remote-secrets.k8s.yaml
kubectl --kubeconfig cluster1.kubeconfig -n istio-system rollout restart deployment istiod`,
);

function policy(kind: string, spec: object, group = 'security.istio.io'): Change {
  return created('cluster2', {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: 'break', namespace: 'sample' },
    spec,
  });
}

/** What keeps calls from going from one cluster to the other. */
export const pathBreaks: readonly Break[] = [
  {
    name: 'a revoked token',
    change: revokedToken,
    code: 'LIVE-REMOTE-SECRET',
    cause: /istio-remote-secret-cluster2/,
  },
  {
    name: 'an API server that the peer cannot reach',
    change: unreachableServer,
    code: 'LIVE-REMOTE-SECRET',
    cause: /203\.0\.113\.1/,
  },
  {
    name: 'a wrong selector of the Service of the gateway',
    change: patched(gatewayService, { spec: { selector: { istio: 'other' } } }),
    code: 'LIVE-GATEWAY',
    cause: /does not lead to the pods.*selector/,
  },
  {
    name: 'a Service of the gateway without the network label',
    change: patched(gatewayService, { metadata: { labels: { 'topology.istio.io/network': null } } }),
    code: 'LIVE-GATEWAY',
    cause: /no label topology\.istio\.io\/network/,
  },
  {
    name: 'other hosts in the cross-network Gateway',
    change: patched(crossNetworkGateway, [
      { op: 'replace', path: '/spec/servers/0/hosts', value: ['*.example.com'] },
    ]),
    code: 'LIVE-GATEWAY',
    cause: /hosts \*\.example\.com/,
  },
  {
    name: 'a policy that denies all',
    change: policy('AuthorizationPolicy', {}),
    code: 'LIVE-NO-ANSWER',
    cause: /AuthorizationPolicy sample\/break/,
  },
  {
    name: 'mutual TLS that is turned off',
    change: policy('PeerAuthentication', { mtls: { mode: 'DISABLE' } }),
    code: 'LIVE-NO-ANSWER',
    cause: /PeerAuthentication sample\/break/,
  },
  {
    name: 'a DestinationRule without TLS',
    change: created('cluster1', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'break', namespace: 'sample' },
      spec: { host: 'helloworld', trafficPolicy: { tls: { mode: 'DISABLE' } } },
    }),
    code: 'LIVE-NO-ANSWER',
    cause: /DestinationRule sample\/break/,
  },
  {
    name: 'mutual TLS that servers require and clients do not use',
    change: all(
      policy('PeerAuthentication', { mtls: { mode: 'STRICT' } }),
      created('cluster1', {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'break', namespace: 'istio-system' },
        spec: { host: '*.local', trafficPolicy: { tls: { mode: 'DISABLE' } } },
      }),
    ),
    code: 'LIVE-NO-ANSWER',
    cause: /DestinationRule istio-system\/break/,
  },
  {
    name: 'a Sidecar that hides HelloWorld',
    change: created('cluster1', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 'break', namespace: 'sample' },
      spec: { egress: [{ hosts: ['istio-system/*'] }] },
    }),
    code: 'LIVE-NO-ANSWER',
    cause: /Sidecar sample\/break of cluster1 hides HelloWorld/,
  },
  {
    name: 'a server without a sidecar',
    change: patched(
      { cluster: 'cluster2', object: 'deployment helloworld-v2 -n sample' },
      { spec: { template: { metadata: { labels: { 'sidecar.istio.io/inject': 'false' } } } } },
    ),
    code: 'LIVE-SIDECAR',
    cause: /no sidecar/,
  },
];
