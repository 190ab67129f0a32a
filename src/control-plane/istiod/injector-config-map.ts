import type { ControlPlaneInput } from '../control-plane-input';
import { injectorConfig } from '../injection/injector-config';
import type { KubernetesObject } from '../kubernetes-object';
import { configMap } from './config-map';
import { jsonText } from './json-text';

/** What istiod injects into pods: its templates, and the values that they read. */
export function injectorConfigMap(input: ControlPlaneInput): readonly KubernetesObject[] {
  if (input.values.global.omitSidecarInjectorConfigMap) return [];
  return [
    configMap('istio-sidecar-injector', input, {
      config: injectorConfig(input),
      values: jsonText(injectorValues(input)),
    }),
  ];
}

/** The part of the values that templates may read. */
function injectorValues({ recorded: { merged } }: ControlPlaneInput) {
  const gateways = (merged.gateways ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...pick(merged, ['global', 'sidecarInjectorWebhook', 'revision']),
    pilot: pick(merged, ['cni', 'env']),
    gateways: pick(gateways, ['securityContext', 'seccompProfile']),
  };
}

function pick(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (key in values ? [[key, values[key]]] : [])));
}
