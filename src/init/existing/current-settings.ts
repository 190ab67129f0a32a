import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';

/** Settings of Kubernetes objects in the current form, and the paths of those that had an older one. */
interface CurrentSettings {
  readonly settings: HelmValues;
  readonly changed: readonly DefinitionPath[];
}

/** The forms of a metric's target in autoscaling/v2beta1, each with its type and key in autoscaling/v2. */
const targets: readonly (readonly [old: string, type: string, key: string])[] = [
  ['targetAverageUtilization', 'Utilization', 'averageUtilization'],
  ['targetAverageValue', 'AverageValue', 'averageValue'],
];

/** Writes `k8s` of a component in the form that Kubernetes has today: Istio refuses the older one. */
export function currentSettings(k8s: HelmValues): CurrentSettings {
  const metrics = valueAt(k8s, ['hpaSpec', 'metrics']);
  if (!isMap(k8s.hpaSpec) || !Array.isArray(metrics)) return { settings: k8s, changed: [] };
  const changed: DefinitionPath[] = [];
  const current = metrics.map((metric: HelmValue, index): HelmValue => {
    if (!isMap(metric) || !isMap(metric.resource)) return metric;
    const { resource } = metric;
    const found = targets.find(([old]) => resource[old] !== undefined);
    if (found === undefined) return metric;
    const [old, type, key] = found;
    changed.push(['hpaSpec', 'metrics', index, 'resource', old]);
    const { [old]: value = null, ...others } = resource;
    return { ...metric, resource: { ...others, target: { type, [key]: value } } };
  });
  return { settings: { ...k8s, hpaSpec: { ...k8s.hpaSpec, metrics: current } }, changed };
}

/** A component whose settings have the form that Kubernetes has today. */
export function inCurrentForm(
  draft: ClusterDraft,
  part: Part,
  path: DefinitionPath,
  component: HelmValues,
): HelmValues {
  if (!isMap(component.k8s)) return component;
  const { settings, changed } = currentSettings(component.k8s);
  for (const each of changed) {
    draft.leaveOut(part, [...path, 'k8s', ...each], 'is written as target, the form of autoscaling/v2.');
  }
  return changed.length === 0 ? component : { ...component, k8s: settings };
}
