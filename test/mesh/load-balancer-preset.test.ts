import { describe, expect, test } from 'vitest';
import { completeGateway } from '../../src/mesh/complete';
import { loadBalancerClouds } from '../../src/mesh/gateway-definition';

describe.each(loadBalancerClouds)('the load balancer of %s', (cloud) => {
  test('is another one inside than on the internet', () => {
    const open = completeGateway({ loadBalancer: { cloud } }).service;
    const internal = completeGateway({ loadBalancer: { cloud, scheme: 'internal' } }).service;
    expect(open).toEqual(completeGateway({ loadBalancer: { cloud, scheme: 'public' } }).service);
    expect(internal).not.toEqual(open);
  });

  test("gives way to the user's own annotations", () => {
    const { annotations } = completeGateway({ loadBalancer: { cloud, scheme: 'internal' } }).service;
    const own = Object.fromEntries(Object.keys(annotations).map((name) => [name, 'own']));
    const service = { annotations: { ...own, more: 'yes' } };
    expect(
      completeGateway({ loadBalancer: { cloud, scheme: 'internal' }, service }).service.annotations,
    ).toEqual({
      ...own,
      more: 'yes',
    });
  });
});
