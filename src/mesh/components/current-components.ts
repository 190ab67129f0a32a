import type { DefinitionPath } from '../../problems/problem';
import type { Change } from '../current-forms';
import { type HelmValue, type HelmValues, isMap } from '../helm-values';
import { currentSettings } from './current-settings';

/** Components of older versions of Istio, which files say not to install. */
const formerComponents = [
  ...['citadel', 'coreDNS', 'galley', 'injector', 'nodeAgent', 'policy', 'proxy', 'sidecarInjector'],
  'telemetry',
];

/** Components whose settings have today's form, without those that Istio no longer has and that are not installed. */
export function currentComponents(components: HelmValues): Change | undefined {
  const isFormer = ([key, value]: readonly [string, HelmValue]) =>
    formerComponents.includes(key) && isMap(value) && value.enabled === false;
  const entries = Object.entries(components);
  const former = entries.filter(isFormer);
  const current = entries.filter((entry) => !isFormer(entry)).map(([key, value]) => currentEntry(key, value));
  const moved = current.flatMap((entry) => entry.moved);
  if (former.length === 0 && moved.length === 0) return undefined;
  return {
    content: Object.fromEntries(current.map(({ key, content }) => [key, content])),
    moved,
    notes: [
      ...former.map(([key]) => ({ path: [key], message: 'changes nothing: Istio no longer has it.' })),
      ...moved.map(({ from }) => ({ path: from, message: 'is read as target, the form of autoscaling/v2.' })),
    ],
  };
}

interface CurrentEntry extends Pick<Change, 'moved'> {
  readonly key: string;
  readonly content: HelmValue;
}

/** A component, or a list of gateways. */
function currentEntry(key: string, content: HelmValue): CurrentEntry {
  if (!Array.isArray(content)) return { key, ...currentComponent(content, [key]) };
  const items = content.map((item: HelmValue, index) => currentComponent(item, [key, index]));
  return { key, content: items.map((item) => item.content), moved: items.flatMap((item) => item.moved) };
}

function currentComponent(component: HelmValue, path: DefinitionPath): Omit<CurrentEntry, 'key'> {
  if (!isMap(component) || !isMap(component.k8s)) return { content: component, moved: [] };
  const { settings, moved } = currentSettings(component.k8s);
  const at = [...path, 'k8s'];
  return {
    content: { ...component, k8s: settings },
    moved: moved.map(({ from, to }) => ({ from: [...at, ...from], to: [...at, ...to] })),
  };
}
