import type { V1EndpointSlice } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { servicesOf } from '../../src/live/cluster-state';

function slice(service: string, endpoints: unknown): V1EndpointSlice {
  const metadata = { labels: { 'kubernetes.io/service-name': service } };
  return { addressType: 'IPv4', metadata, endpoints: endpoints as V1EndpointSlice['endpoints'] };
}

it('finds the Services with a ready endpoint', () => {
  const slices = [
    slice('ready', [{ addresses: ['10.0.0.1'], conditions: { ready: true } }]),
    slice('unready', [{ addresses: ['10.0.0.2'], conditions: { ready: false } }]),
    // A selector that no pod matches.
    slice('none', null),
  ];
  expect(servicesOf(slices)).toEqual(['ready']);
});
