import { all, type Break, type Change, commandsOf, deleted, patched } from './break';

const istiod = { cluster: 'cluster1', object: 'deployment istiod -n istio-system' };
const webhook = {
  cluster: 'cluster1',
  object: 'mutatingwebhookconfiguration istio-revision-tag-default',
};

/** An older istiod and proxy: a build that the local clusters have. */
const olderTag = '1.30.0-20260423';

/** Applies the cacerts of a second mesh with the same names, whose root certificate is another one. */
function otherRoot(cluster: string): Change {
  const kubectl = `kubectl --kubeconfig ${cluster}.kubeconfig`;
  return commandsOf(
    `if [ ! -d other ]; then
  mkdir other
  cp mesh.yaml other/
  (cd other && PATH=../node_modules/.bin:$PATH istio-mesh synth)
fi
${kubectl} apply -f other/dist/${cluster}/20-cacerts.k8s.yaml`,
    `${kubectl} apply -f dist/${cluster}/20-cacerts.k8s.yaml`,
  );
}

/** The same, and istiod loads it. */
function otherRootInUse(cluster: string): Change {
  const kubectl = `kubectl --kubeconfig ${cluster}.kubeconfig`;
  const restart = `${kubectl} -n istio-system rollout restart deployment istiod
${kubectl} -n istio-system rollout status deployment istiod --timeout=120s`;
  const root = `${kubectl} -n sample get configmap istio-ca-root-cert -o jsonpath='{.data.root-cert\\.pem}'`;
  // A new istiod writes the ConfigMap a while after it is ready. Proxies that start before that, or have not trusted
  // istiod, take long to connect again.
  const renew = `${restart}
for second in {1..60}; do [ "$(${root})" = "$(cat certs/root-cert.pem)" ] && break; sleep 1; done
${kubectl} -n istio-system rollout restart deployment istio-eastwestgateway istio-ingressgateway
${kubectl} -n sample rollout restart deployment`;
  return {
    make(workplace) {
      otherRoot(cluster).make(workplace);
      workplace.run(restart);
    },
    undo(workplace) {
      otherRoot(cluster).undo(workplace);
      workplace.run(renew);
    },
  };
}

function meshConfig(line: string): Change {
  return commandsOf(
    `kubectl --kubeconfig cluster1.kubeconfig -n istio-system get configmap istio -o json |
  jq '.data.mesh += "\\n${line}\\n"' | kubectl --kubeconfig cluster1.kubeconfig apply -f -`,
    'kubectl --kubeconfig cluster1.kubeconfig apply -f dist/cluster1/30-control-plane.k8s.yaml',
  );
}

/** What runs is ready, and is not what it should be. */
export const stateBreaks: readonly Break[] = [
  {
    name: 'an older istiod than in mesh.yaml',
    change: patched(istiod, [
      {
        op: 'replace',
        path: '/spec/template/spec/containers/0/image',
        value: `registry.istio.io/release/pilot:${olderTag}`,
      },
    ]),
    code: 'LIVE-VERSION',
    cause: /has the image .*1\.30\.0-20260423/,
  },
  {
    name: 'an older proxy than its istiod',
    change: patched(
      { cluster: 'cluster1', object: 'deployment curl -n sample' },
      {
        spec: {
          template: {
            metadata: {
              annotations: { 'sidecar.istio.io/proxyImage': `registry.istio.io/release/proxyv2:${olderTag}` },
            },
          },
        },
      },
    ),
    code: 'LIVE-VERSION',
    cause: /Proxies of cluster1 have version .*deployment sample\/curl/,
  },
  {
    name: 'a cacerts that istiod has not loaded',
    change: otherRoot('cluster1'),
    code: 'LIVE-CERTIFICATE',
    cause: /istiod of cluster1 does not use the root certificate/,
  },
  {
    name: 'proxies with the old root certificate',
    change: all(otherRootInUse('cluster1'), otherRootInUse('cluster2')),
    code: 'LIVE-CERTIFICATE',
    cause:
      /do not trust all root certificates.*deployment istio-system\/istio-eastwestgateway.*deployment sample\/curl/,
  },
  {
    name: 'no injection webhook',
    change: deleted(webhook),
    code: 'LIVE-INJECTION',
    cause: /No injection webhook of cluster1 selects namespace sample/,
  },
  {
    name: 'an injection webhook of another istiod',
    change: patched(webhook, { metadata: { labels: { 'istio.io/rev': 'gone' } } }),
    code: 'LIVE-INJECTION',
    cause: /revision gone, which has no ready istiod/,
  },
  {
    name: 'another trust domain in the mesh configuration',
    change: meshConfig('trustDomain: other.example'),
    code: 'LIVE-MESH-CONFIG',
    cause: /has the trust domain other\.example/,
  },
  {
    name: 'a mesh configuration that istiod ignores',
    change: meshConfig('accessLogFile: /dev/stdout\\nconnectTimeout: forever'),
    code: 'LIVE-MESH-CONFIG',
    cause: /does not use ConfigMap istio-system\/istio.*accessLogFile/,
  },
  {
    name: 'discovery selectors without the namespace',
    change: meshConfig('discoverySelectors: [{ matchLabels: { team: a } }]'),
    code: 'LIVE-MESH-CONFIG',
    cause: /discoverySelectors/,
  },
  {
    name: 'an ingress gateway that does not start',
    change: patched(
      { cluster: 'cluster1', object: 'deployment istio-ingressgateway -n istio-system' },
      {
        spec: { template: { spec: { nodeSelector: { 'example.com/pool': 'gateways' } } } },
      },
    ),
    code: 'LIVE-GATEWAY',
    cause: /ingress gateway.*not scheduled/,
  },
];
