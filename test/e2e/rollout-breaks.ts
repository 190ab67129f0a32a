import { all, type Break, commandsOf, created, patched } from './break';

const istiod = { cluster: 'cluster1', object: 'deployment istiod -n istio-system' };
const gateway = { cluster: 'cluster2', object: 'deployment istio-eastwestgateway -n istio-system' };

const restartGateway =
  'kubectl --kubeconfig cluster2.kubeconfig -n istio-system rollout restart deployment istio-eastwestgateway';

const container = '/spec/template/spec/containers/0';

/** New pods that do not become ready, beside old ones that are. */
export const rolloutBreaks: readonly Break[] = [
  {
    name: 'a new istiod that crashes',
    change: patched(istiod, [{ op: 'replace', path: `${container}/args/0`, value: 'discover' }]),
    code: 'LIVE-ISTIOD',
    cause: /crashes.*unknown command/,
  },
  {
    name: 'a new istiod whose image does not exist',
    change: patched(istiod, [
      { op: 'replace', path: `${container}/image`, value: 'registry.istio.io/release/pilot:0.0.0' },
    ]),
    code: 'LIVE-ISTIOD',
    cause: /ErrImagePull.*pilot:0\.0\.0/,
  },
  {
    name: 'a new gateway over the quota of the namespace',
    change: all(
      // Undone last: the controller pauses longer after each refused pod, and not for a new ReplicaSet.
      commandsOf('true', restartGateway),
      created('cluster2', {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'pods', namespace: 'istio-system' },
        spec: { hard: { pods: '0' } },
      }),
      commandsOf(restartGateway, 'true'),
    ),
    code: 'LIVE-GATEWAY',
    cause: /exceeded quota/,
  },
  {
    name: 'a new gateway that no node can run',
    change: patched(gateway, {
      spec: { template: { spec: { nodeSelector: { 'example.com/pool': 'gateways' } } } },
    }),
    code: 'LIVE-GATEWAY',
    cause: /not scheduled/,
  },
];
