import { z } from 'zod';
import { isCidrRange } from '../../kubernetes/ip-ranges';
import { matching } from '../../schema-types';

/**
 * Values that Istio's charts write into arguments of istiod, of the agent, of Envoy and of istio-iptables, which do not
 * start if they cannot read them.
 */

/** The log levels of istiod and of the agent, by scope. */
export const istioLogLevels = listOf(
  '([^\\s:,.]+:)?(debug|info|warn|error|fatal|none)',
  'Write levels with commas and without spaces, such as default:info,ads:debug. The levels are debug, info, warn, error, fatal and none.',
);

/** The log levels of Envoy, by component. */
export const envoyLogLevels = listOf(
  '\\w+:(trace|debug|info|warning|warn|error|critical|off)',
  'Write levels with commas and without spaces, such as misc:error,http:debug. The levels are trace, debug, info, warning, error, critical and off.',
);

/** Texts that match a pattern, separated by commas; or none. */
function listOf(pattern: string, hint: string) {
  return matching(new RegExp(`^(${pattern}(,${pattern})*)?$`), hint);
}

const rangesHint = 'Write CIDR ranges with commas and without spaces, such as 10.0.0.0/8,192.168.0.0/16';

/** Ranges of addresses, or none. */
export const ipRanges = z.string().refine(isListOfRanges, { error: `${rangesHint}.` });

/** As {@link ipRanges}; an asterisk stands for all addresses. */
export const ipRangesOrAll = z
  .string()
  .refine((text) => text === '*' || isListOfRanges(text), { error: `${rangesHint}, or "*".` });

const portsHint = 'Write ports from 0 to 65535 with commas, such as 8080,9090';

/** Ports, or none. */
export const portList = z.string().refine(isListOfPorts, { error: `${portsHint}.` });

/** As {@link portList}; an asterisk stands for all ports. */
export const portListOrAll = z
  .string()
  .refine((text) => text === '*' || isListOfPorts(text), { error: `${portsHint}, or "*".` });

function isListOfRanges(text: string): boolean {
  return text === '' || text.split(',').every(isCidrRange);
}

function isListOfPorts(text: string): boolean {
  if (text.trim() === '') return true;
  return text.split(',').every((port) => /^\d+$/.test(port.trim()) && Number(port) <= 65_535);
}
