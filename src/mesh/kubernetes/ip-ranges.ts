import { isIP } from 'node:net';

/** Whether a text is a range of IP addresses in CIDR notation, as Go reads it. */
export function isCidrRange(text: string): boolean {
  const [, address = '', bits = ''] = /^([^%/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const family = isIP(address);
  return family > 0 && Number(bits) <= (family === 4 ? 32 : 128);
}
