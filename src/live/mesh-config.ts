import type { V1LabelSelector } from '@kubernetes/client-node';
import { parse } from 'yaml';

/**
 * The parts of Istio's MeshConfig that decide whether clusters understand each other, and all others as they are.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export interface MeshConfig extends Readonly<Record<string, unknown>> {
  readonly trustDomain?: string;
  readonly trustDomainAliases?: readonly string[];
  readonly discoverySelectors?: readonly V1LabelSelector[];
  readonly defaultConfig?: { readonly meshId?: string };
  readonly defaultServiceExportTo?: readonly string[];
  readonly serviceSettings?: readonly {
    readonly settings?: { readonly clusterLocal?: boolean };
    readonly hosts?: readonly string[];
  }[];
}

/** Reads a mesh config as istiod does: as YAML 1.1, in which the last of several equal keys counts. */
export function readMeshConfig(text: string): MeshConfig | undefined {
  try {
    const options = { version: '1.1', uniqueKeys: false, logLevel: 'error' } as const;
    const config: unknown = parse(text, dotAsText, options) ?? {};
    return typeof config === 'object' && !Array.isArray(config) ? { ...config } : undefined;
  } catch {
    return undefined;
  }
}

/** Go reads a single dot, the namespace of exportTo, as text; YAML 1.1 as a number. */
function dotAsText(_: unknown, value: unknown): unknown {
  return Number.isNaN(value) ? '.' : value;
}
