import { describe, expect, test } from 'vitest';
import { gatewayWithDefaults } from '../../src/mesh/defaults';
import { loadBalancerClouds } from '../../src/mesh/gateway';

describe.each(loadBalancerClouds)('the load balancer of %s', (cloud) => {
  test('differs between the schemes public and internal', () => {
    const open = gatewayWithDefaults({ loadBalancer: { cloud } }).service;
    const internal = gatewayWithDefaults({ loadBalancer: { cloud, scheme: 'internal' } }).service;
    expect(open).toEqual(gatewayWithDefaults({ loadBalancer: { cloud, scheme: 'public' } }).service);
    expect(internal).not.toEqual(open);
  });

  test('is overridden by annotations of the user', () => {
    const { annotations } = gatewayWithDefaults({ loadBalancer: { cloud, scheme: 'internal' } }).service;
    const own = Object.fromEntries(Object.keys(annotations).map((name) => [name, 'own']));
    const service = { annotations: { ...own, more: 'yes' } };
    expect(
      gatewayWithDefaults({ loadBalancer: { cloud, scheme: 'internal' }, service }).service.annotations,
    ).toEqual({
      ...own,
      more: 'yes',
    });
  });
});
