import { type OverlayStep, overlaySteps } from '../../mesh/components/overlay-path';
import { type HelmValue, type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { eastWestGatewayName } from '../../mesh/istio-names';

/** The fields that overlays change and `eastWestGateway` has keys for, by kind and path. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'Deployment spec.minReadySeconds': ['minReadySeconds'],
  ...podFields('dnsConfig', 'dnsPolicy', 'initContainers', 'terminationGracePeriodSeconds'),
  ...podFields('topologySpreadConstraints'),
  'Deployment spec.template.spec.containers.istio-proxy.lifecycle': ['lifecycle'],
  'HorizontalPodAutoscaler spec.behavior': ['autoscaling', 'autoscaleBehavior'],
};

/** The lists to which overlays add items. */
const lists: Readonly<Record<string, string>> = {
  'Deployment spec.template.spec.volumes': 'volumes',
  'Deployment spec.template.spec.containers.istio-proxy.volumeMounts': 'volumeMounts',
};

function podFields(...fields: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(fields.map((field) => [`Deployment spec.template.spec.${field}`, [field]]));
}

/** Overlays in the words of `eastWestGateway`; undefined if one of them has no place there. */
export function settingsOfOverlays(overlays: HelmValue): HelmValues | undefined {
  let settings: HelmValues = {};
  for (const overlay of Array.isArray(overlays) ? overlays : []) {
    if (!isMap(overlay) || overlay.name !== eastWestGatewayName) return undefined;
    for (const patch of Array.isArray(overlay.patches) ? overlay.patches : []) {
      const changed = isMap(patch) ? withPatch(settings, String(overlay.kind), patch) : undefined;
      if (changed === undefined) return undefined;
      settings = changed;
    }
  }
  return settings;
}

function withPatch(settings: HelmValues, kind: string, { path, value }: HelmValues): HelmValues | undefined {
  // Istio reads a text with a colon as a map, and removes what has no value.
  if (value === undefined || value === null || (typeof value === 'string' && value.includes(':'))) {
    return undefined;
  }
  const steps = overlaySteps(String(path));
  if (steps === undefined) return undefined;
  const last = steps.at(-1);
  const list = lists[`${kind} ${shown(steps.slice(0, -1))}`];
  if (list !== undefined) {
    const isAdded = last !== undefined && 'index' in last && last.index < 0;
    return isAdded ? { ...settings, [list]: [...itemsOf(settings[list]), value] } : undefined;
  }
  const place = placeOf(kind, steps);
  const layer = place?.reduceRight<HelmValue>((inner, key) => ({ [key]: inner }), value);
  return layer === undefined ? undefined : mergeValues(settings, layer as HelmValues);
}

function itemsOf(value: HelmValue | undefined): readonly HelmValue[] {
  return Array.isArray(value) ? value : [];
}

/** The path in `eastWestGateway` of a field, or of what is within a known field. */
function placeOf(kind: string, steps: readonly OverlayStep[]): readonly string[] | undefined {
  for (let length = steps.length; length > 0; length--) {
    const known = keys[`${kind} ${shown(steps.slice(0, length))}`];
    if (known === undefined) continue;
    const rest = steps.slice(length).flatMap((step) => ('key' in step ? [step.key] : []));
    return rest.length === steps.length - length ? [...known, ...rest] : undefined;
  }
  return undefined;
}

/** A path in which the proxy has one form: it is the only container. */
function shown(steps: readonly OverlayStep[]): string {
  return steps
    .map((step) => {
      if ('key' in step) return step.key;
      if ('index' in step) return step.index === 0 ? 'istio-proxy' : `[${step.index}]`;
      return 'field' in step && step.field === 'name' ? step.value : '[]';
    })
    .join('.');
}
