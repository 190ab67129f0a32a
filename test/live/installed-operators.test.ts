import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readOperators } from '../../src/live/installed-operators';
import type { LiveCluster } from '../../src/live/live-cluster';

interface Gateway {
  readonly name: string;
  readonly component: 'IngressGateways' | 'EgressGateways';
  readonly template?: string;
}

/** A cluster with a control plane and gateways of istioctl. */
function cluster(values: object, gateways: readonly Gateway[]): LiveCluster {
  const list = async ({ kind, labels }: { kind: string; labels?: Record<string, string> }) => {
    if (kind === 'ConfigMap')
      return [{ metadata: { name: 'values' }, data: { 'original-values': stringify(values) } }];
    if (kind !== 'Deployment') return [];
    return gateways
      .filter(({ component }) => component === labels?.['operator.istio.io/component'])
      .map(({ name, template }) => {
        const annotations = template === undefined ? {} : { 'inject.istio.io/templates': template };
        return {
          metadata: { name, namespace: 'istio-system' },
          spec: { selector: { matchLabels: { app: name } }, template: { metadata: { annotations } } },
        };
      });
  };
  return { name: 'cluster1', list } as unknown as LiveCluster;
}

/** The gateways of each IstioOperator, and the values of their kinds. */
async function read(values: object, gateways: readonly Gateway[]) {
  const parts = await readOperators(cluster(values, gateways));
  return parts.map(({ content }) => {
    const { values: read, components } = content as unknown as {
      values: { gateways?: object };
      components: Record<string, { name: string }[]>;
    };
    const names = Object.values(components).flatMap((list) => list.map(({ name }) => name));
    return { names, values: read.gateways ?? {} };
  });
}

const ingress: Gateway = { name: 'istio-ingressgateway', component: 'IngressGateways' };
const eastWest: Gateway = { name: 'istio-eastwestgateway', component: 'IngressGateways' };
const egress: Gateway = { name: 'istio-egressgateway', component: 'EgressGateways' };
const injected = { template: 'gateway' };
const injectedValues = (chart: string) => ({ [chart]: { injectionTemplate: 'gateway' } });

describe('the IstioOperators of a cluster', () => {
  test('has one for gateways whose template is not that of the others', async () => {
    expect(await read({}, [ingress, { ...eastWest, ...injected }, egress])).toEqual([
      { names: ['istio-ingressgateway', 'istio-egressgateway'], values: {} },
      { names: ['istio-eastwestgateway'], values: injectedValues('istio-ingressgateway') },
    ]);
  });

  test('is one if istiod completes all gateways of a kind, or none', async () => {
    const gateways = [
      { ...ingress, ...injected },
      { ...eastWest, ...injected },
      { ...egress, ...injected },
    ];
    const values = { ...injectedValues('istio-ingressgateway'), ...injectedValues('istio-egressgateway') };
    expect(await read({}, gateways)).toEqual([{ names: gateways.map(({ name }) => name), values }]);
    expect(await read({}, [ingress, eastWest])).toEqual([
      { names: ['istio-ingressgateway', 'istio-eastwestgateway'], values: {} },
    ]);
  });

  test('keeps the template of the values', async () => {
    const gateways = injectedValues('istio-ingressgateway');
    expect(await read({ gateways }, [ingress, { ...eastWest, ...injected }])).toEqual([
      { names: ['istio-eastwestgateway'], values: gateways },
      { names: ['istio-ingressgateway'], values: {} },
    ]);
  });

  test('has no gateways that were removed from the profile', async () => {
    const [part] = await readOperators(cluster({}, []));
    expect(part?.content.components).toEqual({ ingressGateways: [] });
  });

  test('needs the values of the control plane', async () => {
    const live = { list: async () => [] } as unknown as LiveCluster;
    expect(await readOperators(live)).toEqual([]);
  });
});
