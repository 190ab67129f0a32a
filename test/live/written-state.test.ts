import type {
  V1ConfigMap,
  V1Deployment,
  V1MutatingWebhookConfiguration,
  V1Service,
} from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { clusterInput } from '../../src/control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
} from '../../src/control-plane/istiod/control-plane-objects';
import type { ClusterState } from '../../src/live/cluster-state';
import { proxiesOf } from '../../src/live/proxy';
import { type RunningContext, runningProblems } from '../../src/live/running-state';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Mesh } from '../../src/mesh/mesh';
import { clusterOf } from './good-mesh';
import { goodState, proxyPod } from './good-state';

const cluster = clusterOf('cluster1');
const good = goodState(cluster);
const caBundle = good.injectors[0]?.webhooks?.[0]?.clientConfig.caBundle;
const enabled = { 'istio-injection': 'enabled' };

function context(states: readonly ClusterState[], now = new Date()): RunningContext {
  return { states, written: new Map(), now };
}

describe('what this package writes', () => {
  const definition = {
    meshID: 'mesh1',
    clusters: [{ name: 'cluster1', network: 'network1' }],
    verification: { helloWorld: 'enabled' },
  } as const;

  it.each([
    ['one control plane', {}, 'default'],
    ['a canary control plane', { canary: { revision: 'canary' } }, 'default'],
    ['swapped control planes', { revision: 'canary', canary: { revision: 'default' } }, 'canary'],
    ['a mesh configuration', { values: { meshConfig: { accessLogFile: '/dev/stdout' } } }, 'default'],
  ])('has no problem with %s', (_, istio, revision) => {
    const written = defineMesh({ ...definition, istio });
    expect(runningProblems(written, stateAsWritten(written, revision), context([]))).toEqual([]);
  });

  it('injects each namespace with the revision that its label selects', () => {
    const written = defineMesh({ ...definition, istio: { canary: { revision: 'canary' } } });
    const state = stateAsWritten(written, 'canary');
    expect(runningProblems(written, state, context([])).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /still have the revision canary, but their labels select default: deployment istio-system\/gateway, deployment sample\/curl/,
      ),
    ]);
  });
});

/** The state of a cluster that runs what is written, with proxies of one revision. */
function stateAsWritten(written: Mesh, revision: string): ClusterState {
  const [first] = written.clusters;
  if (first === undefined) throw new Error('There is no cluster.');
  const inputs = [first.istio, first.istio.canary].flatMap((settings) =>
    settings === undefined ? [] : clusterInput(written, first, settings),
  );
  const [input] = inputs;
  const objects = [...inputs.flatMap(controlPlaneObjects), ...(input ? defaultRevisionObjects(input) : [])];
  const ofKind = <Kind>(kind: string) => objects.filter((object) => object.kind === kind) as Kind[];
  const gateway = proxyPod('istio-system', 'gateway', revision);
  const proxies = proxiesOf([
    proxyPod('sample', 'curl', revision, first.network),
    { ...gateway, metadata: { ...gateway.metadata, labels: { ...gateway.metadata?.labels, ...injected } } },
  ]);
  const configMaps = ofKind<V1ConfigMap>('ConfigMap');
  return {
    ...goodState(first),
    proxies,
    proxySecrets: [],
    injectors: ofKind<V1MutatingWebhookConfiguration>('MutatingWebhookConfiguration').map(asIstiodWritesIt),
    servicesWithEndpoints: ofKind<V1Service>('Service').map(({ metadata }) => metadata?.name ?? ''),
    configMaps,
    namespaces: [
      { metadata: { name: 'sample', labels: enabled } },
      { metadata: { name: 'istio-system', labels: { 'topology.istio.io/network': first.network } } },
    ],
    istiods: ofKind<V1Deployment>('Deployment').map(({ metadata, spec }) => {
      const own = metadata?.labels?.['istio.io/rev'] ?? '';
      const suffix = own === 'default' ? '' : `-${own}`;
      const mesh = configMaps.find((each) => each.metadata?.name === `istio${suffix}`)?.data?.mesh ?? '';
      const connected = own === revision ? ['curl-5d9c-1.sample', 'gateway-5d9c-1.istio-system'] : [];
      return {
        revision: own,
        image: spec?.template.spec?.containers[0]?.image ?? '',
        desired: 1,
        ready: 1,
        pods: [
          {
            pod: `istiod-${own}`,
            version: '1.31.0',
            meshConfig: parse(mesh),
            connected: connected.map((id) => ({ id, version: '1.31.0', clusterID: first.name })),
          },
        ],
      };
    }),
  };
}

/** istiod writes the root certificate into its webhooks. */
function asIstiodWritesIt(configuration: V1MutatingWebhookConfiguration): V1MutatingWebhookConfiguration {
  const webhooks = (configuration.webhooks ?? []).map((webhook) => ({
    ...webhook,
    clientConfig: { ...webhook.clientConfig, caBundle },
  }));
  return { ...configuration, webhooks };
}

const injected = { 'sidecar.istio.io/inject': 'true' };
