import { currentSettings } from '../../mesh/components/current-settings';
import { type HelmValues, isMap } from '../../mesh/helm-values';
import type { DefinitionPath } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';

/** A component whose settings have the form that Kubernetes has today. */
export function inCurrentForm(
  draft: ClusterDraft,
  part: Part,
  path: DefinitionPath,
  component: HelmValues,
): HelmValues {
  if (!isMap(component.k8s)) return component;
  const { settings, moved } = currentSettings(component.k8s);
  for (const { from } of moved) {
    draft.leaveOut(part, [...path, 'k8s', ...from], 'is written as target, the form of autoscaling/v2.');
  }
  return moved.length === 0 ? component : { ...component, k8s: settings };
}
