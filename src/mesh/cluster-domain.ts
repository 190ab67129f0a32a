import { valueAt } from '../problems/problem';
import type { HelmValues } from './helm-values';
import { helloWorld } from './istio-names';

const clusterDomainPath = ['global', 'proxy', 'clusterDomain'] as const;

/** The DNS domain of Services in a cluster: `global.proxy.clusterDomain` of Istio's values. */
export function clusterDomainOf(values: HelmValues): string {
  const domain = valueAt(values, clusterDomainPath);
  return typeof domain === 'string' && domain !== '' ? domain : 'cluster.local';
}

/** The pattern of all host names of Services that other networks ask for: Istio's own `*.local` where it matches. */
export function hostsOfDomain(domain: string): string {
  return domain === 'local' || domain.endsWith('.local') ? '*.local' : `*.${domain}`;
}

/** The host name of HelloWorld in a cluster with a DNS domain. */
export function helloWorldHostIn(domain: string): string {
  return `${helloWorld.service}.${helloWorld.namespace}.svc.${domain}`;
}
