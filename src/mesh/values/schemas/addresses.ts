import { isIP } from 'node:net';
import { z } from 'zod';
import { isCidrRange } from '../../kubernetes/ip-ranges';

const label = /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** Whether istiod takes a text for a fully qualified domain name. */
function isDomainName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.');
  return name.length <= 255 && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isHost(host: string): boolean {
  return isIP(host) > 0 ? !host.includes('%') : isDomainName(host);
}

/** A host name that may start with a wildcard, such as *.example.com. */
function isWildcardDomain(name: string): boolean {
  const [, rest] = /^\*(?:\.(.+))?$/.exec(name) ?? [];
  if (name === '*') return true;
  return isDomainName(rest ?? name);
}

/** Whether istiod accepts a text as host and port. */
function isHostAndPort(address: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(address) ?? [];
  if (port === undefined || Number(port) < 1 || Number(port) > 65_535) return false;
  return bracketed === undefined ? isHost(plain ?? '') : isHost(bracketed);
}

/** A host name or an IP address. */
export const host = z
  .string()
  .refine(isHost, { error: 'Write a host name such as gateway.example.com, or an IP address.' });

/** An IP address, or a range of them. */
export const ipAddressOrRange = z
  .string()
  .refine((text) => isCidrRange(text) || (isIP(text) > 0 && !text.includes('%')), {
    error: 'Write a range such as 10.0.0.0/8, or an IP address.',
  });

/** The host and port of a server, such as zipkin.istio-system:9411. */
export function hostAndPort(example: string): z.ZodType<string> {
  return z.string().refine(isHostAndPort, { error: `Write a host and a port, such as ${example}.` });
}

/** As {@link hostAndPort}; an empty text stands for none. */
export function optionalHostAndPort(example: string): z.ZodType<string> {
  return z.string().refine((address) => address === '' || isHostAndPort(address), {
    error: `Write a host and a port, such as ${example}.`,
  });
}

/** As {@link hostAndPort}; `$(HOST_IP)` stands for the address of the node. */
export function hostAndPortOnNode(example: string): z.ZodType<string> {
  return z.string().refine(isHostAndPortOnNode, { error: `Write a host and a port, such as ${example}.` });
}

/** As {@link hostAndPortOnNode}; an empty text stands for none. */
export function optionalHostAndPortOnNode(example: string): z.ZodType<string> {
  return z.string().refine((address) => address === '' || isHostAndPortOnNode(address), {
    error: `Write a host and a port, such as ${example}.`,
  });
}

function isHostAndPortOnNode(address: string): boolean {
  return isHostAndPort(address.replace('$(HOST_IP)', '127.0.0.1'));
}

/** The Service of an extension provider: a host name, an IP address, or namespace/host name. */
export const providerService = z.string().refine(
  (service) => {
    const [namespace = '', host, ...rest] = service.split('/');
    if (host === undefined) return isHost(service);
    const isNamespace = ['*', '.'].includes(namespace) || label.test(namespace);
    return rest.length === 0 && isNamespace && host.includes('.') && isWildcardDomain(host);
  },
  { error: 'Write a host name such as collector.observability.svc.cluster.local, or namespace/host.' },
);

/** A host name, which may start with a wildcard. */
export const wildcardDomain = z
  .string()
  .refine(isWildcardDomain, { error: 'Write a host name such as api.example.com or *.example.com.' });
