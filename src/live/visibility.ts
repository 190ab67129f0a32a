/** To which namespaces a resource of Istio is visible; undefined or empty for all. */
export type ExportTo = readonly string[] | undefined;

/**
 * Whether a resource is visible to the proxies of a namespace.
 *
 * @param owner the namespace of the resource
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule
 */
export function isVisible(exportTo: ExportTo, owner: string | undefined, namespace: string): boolean {
  if (exportTo === undefined || exportTo.length === 0) return true;
  return exportTo.some((each) => each === '*' || each === namespace || (each === '.' && owner === namespace));
}

/**
 * How specific a host of a resource is for a Service: the number of characters that match, or undefined if it is for
 * other hosts. A name without a dot is one of the namespace of the resource; any other is a whole name.
 *
 * @param host the whole name, such as helloworld.sample.svc.cluster.local
 */
export function specificity(
  pattern: string,
  namespace: string | undefined,
  host: string,
): number | undefined {
  if (pattern === '*') return 0;
  if (pattern.startsWith('*')) return host.endsWith(pattern.slice(1)) ? pattern.length : undefined;
  const [service, ownNamespace, ...domain] = host.split('.');
  const whole = pattern.includes('.') ? pattern : [pattern, namespace, ...domain].join('.');
  return whole === [service, ownNamespace, ...domain].join('.') ? Number.POSITIVE_INFINITY : undefined;
}

/** Whether a pattern covers a host or another pattern, as istiod compares them. */
export function isSubset(host: string, pattern: string): boolean {
  return host === pattern || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));
}
