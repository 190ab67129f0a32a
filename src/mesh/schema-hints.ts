import type { DefinitionPath } from '../problems/problem';
import { isMap } from './helm-values';

/** The key of a map that a user means who writes only its value. */
const principalKeys: Readonly<Record<string, string>> = {
  canary: 'revision',
  certificates: 'directory',
  istio: 'version',
  loadBalancer: 'cloud',
  repository: 'url',
  secrets: 'backend',
  service: 'type',
  store: 'name',
  verification: 'helloWorld',
};

/** What to write where a value has another form than the schema: a text, a list or a map in place of another. */
export function formHint(path: DefinitionPath, value: unknown, expected: string): string | undefined {
  if (path.length === 0) return undefined;
  const key = String(path.at(-1));
  if (expected === 'object' && typeof value === 'string' && Object.hasOwn(principalKeys, key)) {
    return `Write a map: ${key}: { ${principalKeys[key]}: … }.`;
  }
  if (expected === 'array' && isMap(value)) {
    const [name] = Object.keys(value);
    return name === undefined
      ? undefined
      : `Write a list, whose entries start with a hyphen, such as - name: ${name}.`;
  }
  if (expected === 'array' && typeof value === 'string' && /^[\w./:@-]+$/.test(value)) {
    return `Write a list: [${value}].`;
  }
  if ((expected === 'record' || expected === 'object') && Array.isArray(value) && value.every(isMap)) {
    return 'Write a map, whose entries are key: value without hyphens.';
  }
  const [inner, ...others] = isMap(value) ? Object.values(value) : [];
  if (expected === 'string' && typeof inner === 'string' && others.length === 0) {
    return `Write a string, the value of ${Object.keys(value as object)[0]} itself.`;
  }
  return undefined;
}

/** The word for true or false among the words that a key allows. */
export function switchWord(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value === 'boolean') {
    const word = value ? 'enabled' : 'disabled';
    return words.includes(word) ? word : undefined;
  }
  return isMap(value) && Object.keys(value).join() === 'enabled'
    ? switchWord(value.enabled, words)
    : undefined;
}

/** The keys of a gateway that have another name in Istio's older chart, and in the components of an IstioOperator. */
const gatewayKeys: Readonly<Record<string, { readonly chart: string; readonly eastWest?: string }>> = {
  autoscaleBehavior: { chart: 'autoscaling.autoscaleBehavior' },
  autoscaleEnabled: { chart: 'autoscaling.enabled', eastWest: 'autoscaling: disabled' },
  autoscaleMax: { chart: 'autoscaling.maxReplicas' },
  autoscaleMin: { chart: 'autoscaling.minReplicas' },
  configVolumes: { chart: 'volumes and volumeMounts' },
  cpu: { chart: 'autoscaling.targetCPUUtilizationPercentage' },
  externalTrafficPolicy: { chart: 'service.externalTrafficPolicy' },
  hpaSpec: { chart: 'autoscaling' },
  ingressPorts: { chart: 'service.ports' },
  kind: { chart: 'kind', eastWest: 'a gateway with kind and networkGateway below gateways' },
  label: { chart: 'labels' },
  loadBalancerIP: { chart: 'service.loadBalancerIP' },
  loadBalancerSourceRanges: { chart: 'service.loadBalancerSourceRanges' },
  memory: { chart: 'autoscaling.targetMemoryUtilizationPercentage' },
  name: { chart: 'name', eastWest: 'a gateway with name and networkGateway below gateways' },
  podAntiAffinityLabelSelector: { chart: 'affinity' },
  podAntiAffinityTermLabelSelector: { chart: 'affinity' },
  ports: { chart: 'service.ports' },
  replicaCount: { chart: 'replicaCount', eastWest: 'replicas' },
  rollingMaxSurge: { chart: 'strategy' },
  rollingMaxUnavailable: { chart: 'strategy' },
  secretVolumes: { chart: 'volumes and volumeMounts' },
  serviceAnnotations: { chart: 'service.annotations' },
  type: { chart: 'service.type' },
  updateStrategy: { chart: 'strategy' },
};

/** What to write instead of a key of a gateway that is known by another name. */
export function gatewayKeyHint(path: DefinitionPath, key: string): string | undefined {
  const isEastWest = path.at(-1) === 'eastWestGateway';
  if (key === 'defaults' && path.at(-2) === 'gateways') return 'Move its keys one level up.';
  const names = Object.hasOwn(gatewayKeys, key) ? gatewayKeys[key] : undefined;
  if (names === undefined || !(isEastWest || path.at(-2) === 'gateways')) return undefined;
  return `Write ${isEastWest ? (names.eastWest ?? names.chart) : names.chart} instead.`;
}

/** Where a setting belongs that `k8s` of a component does not have. */
export function settingHint(path: DefinitionPath, key: string): string | undefined {
  if (path.at(-1) !== 'k8s' || !path.includes('components')) return undefined;
  if (key === 'scaleTargetRef') return 'Remove it, or write it below hpaSpec.';
  return 'Istio does not have it here. Write it as a patch below patches, or as an overlay below overlays.';
}

/** What to write instead of `enabled` in a map that the word `disabled` can replace. */
export function switchHint(
  path: DefinitionPath,
  key: string,
  value: unknown,
  words: readonly string[],
): string | undefined {
  if (key !== 'enabled' || !words.includes('disabled')) return undefined;
  return value === false ? `Write ${path.at(-1)}: disabled instead of the map.` : 'Remove it.';
}
