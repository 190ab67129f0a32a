import { type HelmValues, isMap } from '../../mesh/helm-values';
import { istioSystem } from '../../mesh/istio-names';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import { putComponents } from './component-settings';
import { isGatewayList } from './gateway-components';
import type { Part } from './part';
import { putProfile } from './profile';
import { identityValues, putValues, withoutValue } from './values';

/** Whether an IstioOperator installs gateways beside a control plane that another one installs. */
export function installsOnlyGateways({ content }: Part): boolean {
  const pilot = valueAt(content, ['components', 'pilot', 'enabled']);
  return pilot === false || (content.profile === 'empty' && pilot !== true);
}

/**
 * Whether an IstioOperator has further gateways and nothing else, so that people apply it after another one, to which the
 * control plane belongs even if the profile of both has one.
 */
export function addsOnlyGateways({ content }: Part, first: Part): boolean {
  const known = [...profileGateways, ...namesOfGateways(first.content)];
  if (namesOfGateways(content).some((name) => known.includes(name))) return false;
  const { profile: _, hub: _hub, tag: _tag, revision: _revision, components, values, ...others } = content;
  const { gateways: _gateways, ...otherValues } = isMap(values) ? values : {};
  return (
    isMap(components) &&
    Object.keys(components).length > 0 &&
    Object.keys(components).every(isGatewayList) &&
    Object.keys(others).length === 0 &&
    Object.keys(identityValues.reduce<HelmValues>(withoutValue, otherValues)).length === 0
  );
}

const profileGateways = ['istio-ingressgateway', 'istio-egressgateway'];

function namesOfGateways({ components }: HelmValues): unknown[] {
  return Object.entries(isMap(components) ? components : {})
    .flatMap(([key, list]) => (isGatewayList(key) && Array.isArray(list) ? list : []))
    .map((gateway) => valueAt(gateway, ['name']));
}

/** Adds an IstioOperator with a control plane to a draft, over those before it, as istioctl merges files. */
export function addControlPlane(draft: ClusterDraft, part: Part): void {
  const { profile, hub, tag, revision, namespace, values, meshConfig, components, ...others } = part.content;
  putProfile(draft, part, profile);
  for (const [key, value] of Object.entries({ hub, tag, revision })) {
    if (value !== undefined && value !== null && value !== '') draft.put(['istio', key], value, part, [key]);
  }
  if (namespace !== undefined && namespace !== null && namespace !== istioSystem) {
    draft.problems.push({
      code: 'INIT-CONTENT',
      location: part.locate(['namespace']),
      message: `The control plane is in the namespace ${namespace}, and that of a mesh definition is always in ${istioSystem}.`,
      hint: `Remove the namespace. The mesh gets a second control plane in ${istioSystem}, to which workloads can move.`,
    });
  }
  if (isMap(values)) putValues(draft, part, ['values'], values);
  // The mesh configuration of the spec is merged over that of the values.
  if (isMap(meshConfig)) putValues(draft, part, [], { meshConfig });
  if (isMap(components)) putComponents(draft, part, components);
  leaveOutUnknown(draft, part, others);
}

/** istioctl takes the value from the component, and ignores that of the file. */
export function leaveOutIgnoredCni(draft: ClusterDraft, part: Part): void {
  const path = ['istio', 'values', 'pilot', 'cni', 'enabled'];
  const cni = draft.at(['istio', 'cni']) ?? 'disabled';
  if (draft.at(path) === undefined || cni !== 'disabled') return;
  draft.leaveOut(part, ['values', 'pilot', 'cni', 'enabled'], 'has no effect without the component cni.');
  draft.remove(path);
}

/**
 * Adds an IstioOperator with gateways to a draft, but for the gateways. Of its other settings none has an effect if
 * another IstioOperator has the control plane.
 */
export function addBesideControlPlane(draft: ClusterDraft, part: Part): void {
  const {
    profile: _,
    namespace: _namespace,
    components,
    values,
    meshConfig,
    hub,
    tag,
    revision,
    ...others
  } = part.content;
  for (const [key, value] of Object.entries({ hub, tag, revision })) {
    if (value === undefined || value === null || value === '' || draft.has(['istio', key], value)) continue;
    draft.leaveOut(part, [key], `is not that of the control plane, which applies to all gateways.`);
  }
  if (isMap(values)) {
    const { gateways: _gateways, ...rest } = values;
    leaveOutOther(
      draft,
      part,
      ['values'],
      ['istio', 'values'],
      identityValues.reduce<HelmValues>(withoutValue, rest),
    );
  }
  if (isMap(meshConfig)) {
    const { trustDomain: _trustDomain, ...rest } = meshConfig;
    leaveOutOther(draft, part, ['meshConfig'], ['istio', 'values', 'meshConfig'], rest);
  }
  leaveOutUnknown(draft, part, others);
}

/** Notes the values that are not those of the control plane. */
function leaveOutOther(
  draft: ClusterDraft,
  part: Part,
  path: DefinitionPath,
  target: DefinitionPath,
  values: HelmValues,
): void {
  for (const [key, value] of Object.entries(values)) {
    if (draft.has([...target, key], value)) continue;
    if (isMap(value)) leaveOutOther(draft, part, [...path, key], [...target, key], value);
    else
      draft.leaveOut(
        part,
        [...path, key],
        'is not that of the control plane, which applies to all gateways.',
      );
  }
}

/** Keys of older versions of the IstioOperator. */
function leaveOutUnknown(draft: ClusterDraft, part: Part, others: HelmValues): void {
  for (const key of Object.keys(others)) draft.leaveOut(part, [key], 'is no setting of Istio 1.29 to 1.31.');
}
