import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ControlPlane,
  DefaultRevision,
  DefaultValidator,
  ReaderServiceAccount,
} from '../../src/constructs/control-plane';
import type { IstioValues } from '../../src/mesh/values/istio-values';

interface Webhooks {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly webhooks: readonly {
    readonly name: string;
    readonly clientConfig: { readonly service: { readonly name: string } };
    readonly namespaceSelector: {
      readonly matchExpressions?: readonly { readonly key: string; readonly operator: string }[];
    };
  }[];
}

describe('a control plane', () => {
  test.each([
    ['a misspelled value', { pilot: { replicaCuont: 2 } }, /replicaCuont[\s\S]*replicaCount/],
    ['a value of another format', { istiodRemote: { enabled: true } }, /MESH-UNSUPPORTED-VALUE/],
    ['a limit below a request', { pilot: { resources: { limits: { cpu: '1m' } } } }, /MESH-VALUE/],
    ['a value of the wrong type', { pilot: { autoscaleMin: 'two' } }, /MESH-TYPE/],
  ])('refuses %s, at its path', (_, values, message) => {
    const create = () => new ControlPlane(Testing.chart(), 'istio', { values: values as IstioValues });
    expect(create).toThrow(message);
    expect(create).toThrow(/istio\.values/);
  });

  test('refuses an unsupported version', () => {
    expect(() => new ControlPlane(Testing.chart(), 'istio', { version: '1.12.2' })).toThrow(
      'CONTROL-PLANE-VERSION',
    );
  });
});

describe('two control planes in one chart', () => {
  const chart = Testing.chart();
  const [old, canary] = [{ version: '1.30.3' }, { version: '1.31.0', revision: 'canary' }];
  new ControlPlane(chart, 'old', old);
  new ControlPlane(chart, 'canary', canary);
  new DefaultRevision(chart, 'default-revision', canary);
  new DefaultValidator(chart, 'default-validator', canary);
  new ReaderServiceAccount(chart, 'reader', canary);
  const objects: readonly Webhooks[] = Testing.synth(chart);

  test('share no object', () => {
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  test('leave what names no revision to one webhook alone, that of the default revision', () => {
    const injecting = objects
      .filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
      .flatMap(({ webhooks }) => webhooks)
      .filter(({ namespaceSelector }) =>
        namespaceSelector.matchExpressions?.some(
          ({ key, operator }) => key === 'istio-injection' && operator === 'In',
        ),
      );
    expect(injecting.map(({ clientConfig }) => clientConfig.service.name)).toEqual(['istiod-canary']);
  });
});
