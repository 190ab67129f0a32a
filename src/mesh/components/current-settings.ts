import { type DefinitionPath, valueAt } from '../../problems/problem';
import { type HelmValue, type HelmValues, isMap } from '../helm-values';

/** The old and the new place of a setting. */
export interface MovedSetting {
  readonly from: DefinitionPath;
  readonly to: DefinitionPath;
}

/** Settings of Kubernetes objects in the current form, and what had an older one. */
interface CurrentSettings {
  readonly settings: HelmValues;
  readonly moved: readonly MovedSetting[];
}

/** The forms of a metric's target in autoscaling/v2beta1, each with its type and key in autoscaling/v2. */
const targets: readonly (readonly [old: string, type: string, key: string])[] = [
  ['targetAverageUtilization', 'Utilization', 'averageUtilization'],
  ['targetAverageValue', 'AverageValue', 'averageValue'],
];

/**
 * Writes the metrics in `k8s` of a component in the form that Kubernetes has today. Files for older versions of Istio have
 * that of autoscaling/v2beta1, which istioctl refuses today.
 */
export function currentSettings(k8s: HelmValues): CurrentSettings {
  const metrics = valueAt(k8s, ['hpaSpec', 'metrics']);
  if (!isMap(k8s.hpaSpec) || !Array.isArray(metrics)) return { settings: k8s, moved: [] };
  const moved: MovedSetting[] = [];
  const current = metrics.map((metric: HelmValue, index): HelmValue => {
    if (!isMap(metric) || !isMap(metric.resource) || metric.resource.target !== undefined) return metric;
    const { resource } = metric;
    const found = targets.find(([old]) => resource[old] !== undefined);
    if (found === undefined) return metric;
    const [old, type, key] = found;
    const path = ['hpaSpec', 'metrics', index, 'resource'];
    moved.push({ from: [...path, old], to: [...path, 'target'] });
    const { [old]: value = null, ...others } = resource;
    return { ...metric, resource: { ...others, target: { type, [key]: value } } };
  });
  return { settings: { ...k8s, hpaSpec: { ...k8s.hpaSpec, metrics: current } }, moved };
}
