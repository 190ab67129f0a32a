import type { ObjectHead } from '../../kubernetes/manifest';
import { selectorCondition } from '../../kubernetes/selector-text';
import type { PatchTargetDefinition } from '../../mesh/patches/definition';

/** Whether an object is a target, by what identifies it. Its labels and annotations are compared separately. */
export function matchesIdentity(
  target: PatchTargetDefinition,
  { apiVersion, kind, metadata }: ObjectHead,
): boolean {
  const [first = '', second] = apiVersion.split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  return (
    matches(target.kind, kind) &&
    matches(target.name, metadata.name) &&
    matches(target.namespace, metadata.namespace) &&
    matches(target.group, group) &&
    matches(target.version, version)
  );
}

/** Whether the labels and annotations of an object are those of a target. */
export function matchesSelectors(
  { labelSelector, annotationSelector }: PatchTargetDefinition,
  { labels = {}, annotations = {} }: ObjectHead['metadata'],
): boolean {
  return isSelected(labelSelector, labels) && isSelected(annotationSelector, annotations);
}

function isSelected(selector: string | undefined, values: Readonly<Record<string, string>>): boolean {
  return selector === undefined || selectorCondition(selector)?.(values) === true;
}

/** As in kustomize, an expression is for the whole text. */
function matches(expression: string | undefined, text = ''): boolean {
  return expression === undefined || new RegExp(`^(?:${expression})$`).test(text);
}
