import { z } from 'zod';
import type { HelmValues } from '../../helm-values';
import { dnsLabel } from '../../schema-types';
import { host, ipAddressOrRange } from './addresses';
import { servedPort, text } from './common';
import { atMostOneOf, type Check, message, required } from './proto-json';

/**
 * The shape of Istio's `meshNetworks`, by network. istiod uses none of the networks if one value is invalid.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshNetworks
 */
export function meshNetworks(): z.ZodType<HelmValues> {
  return z.record(z.string(), message({ endpoints: z.array(endpoint()), gateways: z.array(gateway()) }));
}

function endpoint() {
  return message(
    { fromCidr: ipAddressOrRange, fromRegistry: dnsLabel },
    atMostOneOf('fromCidr', 'fromRegistry'),
    oneOf('fromRegistry', 'fromCidr'),
  );
}

function gateway() {
  return message(
    { registryServiceName: host, address: host, port: servedPort, locality: text },
    atMostOneOf('registryServiceName', 'address'),
    oneOf('address', 'registryServiceName'),
    required('port'),
  );
}

/** istiod ignores an entry that has neither field. */
function oneOf(first: string, second: string): Check {
  return (fields, report) => {
    if (Object.hasOwn(fields, first) || Object.hasOwn(fields, second)) return;
    report([], `The entry has neither ${first} nor ${second}.`, `Add ${first} or ${second}.`);
  };
}
