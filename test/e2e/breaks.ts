import { type Break, deleted, patched } from './break';
import { pathBreaks } from './path-breaks';
import { rolloutBreaks } from './rollout-breaks';
import { stateBreaks } from './state-breaks';

const gateway = { cluster: 'cluster2', object: 'deployment istio-eastwestgateway -n istio-system' };
const gatewayService = { cluster: 'cluster2', object: 'service istio-eastwestgateway -n istio-system' };
const remoteSecret = { cluster: 'cluster1', object: 'secret istio-remote-secret-cluster2 -n istio-system' };

/** Ways to break the mesh of the README, each of which verify must notice. */
export const breaks: readonly Break[] = [
  ...rolloutBreaks,
  ...stateBreaks,
  ...pathBreaks,
  {
    name: 'no pod of the east-west gateway',
    change: patched(gateway, { spec: { replicas: 0 } }),
    code: 'LIVE-GATEWAY',
    cause: /no ready pod/,
  },
  {
    name: 'no Service of the east-west gateway',
    change: deleted(gatewayService),
    code: 'LIVE-GATEWAY',
    cause: /has no east-west gateway/,
  },
  {
    name: 'no cross-network Gateway',
    change: deleted({
      cluster: 'cluster2',
      object: 'gateways.networking.istio.io cross-network-gateway -n istio-system',
    }),
    code: 'LIVE-GATEWAY',
    cause: /AUTO_PASSTHROUGH/,
  },
  {
    name: 'no remote secret',
    change: deleted(remoteSecret),
    code: 'LIVE-REMOTE-SECRET',
    cause: /does not exist/,
  },
  {
    name: 'a remote secret without the label',
    change: patched(remoteSecret, { metadata: { labels: { 'istio/multiCluster': null } } }),
    code: 'LIVE-REMOTE-SECRET',
    cause: /label istio\/multiCluster/,
  },
  {
    name: 'a namespace without the network label',
    change: patched(
      { cluster: 'cluster2', object: 'namespace istio-system' },
      { metadata: { labels: { 'topology.istio.io/network': null } } },
    ),
    code: 'LIVE-NETWORK',
    cause: /no network label/,
  },
  {
    name: 'no permissions for the reader account',
    change: deleted({
      cluster: 'cluster2',
      object: 'clusterrolebinding istio-reader-clusterrole-istio-system',
    }),
    code: 'LIVE-READER',
    cause: /no ClusterRoleBinding/,
  },
];
