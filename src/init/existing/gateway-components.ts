import { isDeepStrictEqual } from 'node:util';
import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { eastWestGatewayName } from '../../mesh/istio-names';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import { inCurrentForm } from './current-form';
import { fitsEastWest, isEastWest, putEastWestComponent } from './east-west';
import type { Part } from './part';

/** The lists of gateways among the components, each with its values and the profiles that have one gateway in it. */
const gatewayLists = {
  ingressGateways: { values: 'istio-ingressgateway', profiles: ['default', 'demo', 'preview', 'stable'] },
  egressGateways: { values: 'istio-egressgateway', profiles: ['demo'] },
} as const;
type GatewayList = keyof typeof gatewayLists;

/** Whether a component is a list of gateways. */
export function isGatewayList(key: string): key is GatewayList {
  return Object.hasOwn(gatewayLists, key);
}

/** A gateway of a part; undefined for that of the profile. */
interface Entry {
  readonly part: Part | undefined;
  readonly path: DefinitionPath;
  readonly gateway: HelmValues;
}

/**
 * Adds the gateways of all IstioOperators of a cluster to a draft that has their control plane: those of the control
 * plane's list, or of its profile, and those that other files install beside them.
 */
export function putGateways(
  draft: ClusterDraft,
  controlPlanes: readonly Part[],
  beside: readonly Part[],
): void {
  for (const list of Object.keys(gatewayLists) as GatewayList[]) {
    const listed = controlPlanes
      .filter(({ content }) => Array.isArray(valueAt(content, ['components', list])))
      .at(-1);
    const own = listed === undefined ? ofProfile(draft, list) : entries(draft, listed, list);
    const all = [...own, ...beside.flatMap((part) => entries(draft, part, list))];
    const listedOnes = all.filter((entry) => !isTakenAsEastWest(draft, list, entry, { all, controlPlanes }));
    write(draft, list, listedOnes);
    putValues(draft, list, listedOnes, controlPlanes);
  }
}

function ofProfile(draft: ClusterDraft, list: GatewayList): Entry[] {
  const profile = String(draft.at(['istio', 'profile']) ?? 'default');
  const { profiles, values } = gatewayLists[list];
  const hasGateway = profiles.some((each) => each === profile);
  return hasGateway ? [{ part: undefined, path: [], gateway: { name: values, enabled: true } }] : [];
}

/** The enabled gateways of a list. */
function entries(draft: ClusterDraft, part: Part, list: GatewayList): Entry[] {
  const items = valueAt(part.content, ['components', list]);
  return (Array.isArray(items) ? items : []).flatMap((item, index): Entry[] => {
    const path = ['components', list, index];
    return isMap(item) && item.enabled !== false
      ? [{ part, path, gateway: inCurrentForm(draft, part, path, item) }]
      : [];
  });
}

/**
 * Writes an east-west gateway as `eastWestGateway`. With settings that have no place there it stays among the
 * components, unless its values would apply to other gateways, too.
 */
function isTakenAsEastWest(
  draft: ClusterDraft,
  list: GatewayList,
  { part, path, gateway }: Entry,
  { all, controlPlanes }: { readonly all: readonly Entry[]; readonly controlPlanes: readonly Part[] },
): boolean {
  if (part === undefined || !isEastWest(gateway)) return false;
  // Another name would be another Service, with another address.
  if (gateway.name !== eastWestGatewayName) {
    const isOnly = all.every((other) => other.gateway.name !== eastWestGatewayName);
    if (isOnly) draft.put(['eastWestGateway'], 'disabled', part, path);
    return false;
  }
  const values = valuesOf(part, list);
  const ofControlPlane = draft.at(['istio', 'values', 'gateways', gatewayLists[list].values]) ?? {};
  const isShared = all.every((other) => {
    const isOfControlPlane = other.part === undefined || controlPlanes.includes(other.part);
    return isDeepStrictEqual(values, isOfControlPlane ? ofControlPlane : valuesOf(other.part as Part, list));
  });
  if (isShared && !fitsEastWest(gateway, values)) {
    draft.put(['eastWestGateway'], 'disabled', part, path);
    return false;
  }
  putEastWestComponent(draft, part, gateway, { path, values });
  return true;
}

/** What the profile has anyway needs no list. */
function write(draft: ClusterDraft, list: GatewayList, all: readonly Entry[]): void {
  const ofProfileAlone = ofProfile(draft, list);
  const bare = (each: readonly Entry[]) => each.map(({ gateway }) => ({ enabled: true, ...gateway }));
  if (isDeepStrictEqual(bare(all), bare(ofProfileAlone))) return;
  const [{ part, path } = { part: undefined, path: [] }] = all.filter((each) => each.part !== undefined);
  const origin = part ?? draft.firstPart;
  if (all.length === 0 && list === 'ingressGateways' && draft.at(['istio', 'profile']) === undefined) {
    draft.put(['istio', 'profile'], 'minimal', origin, ['components', list]);
    return;
  }
  draft.put(
    ['istio', 'components', list],
    all.map(({ gateway }) => gateway),
    origin,
    path.slice(0, -1),
  );
  for (const [index, entry] of all.entries()) {
    if (entry.part !== undefined) draft.from(['istio', 'components', list, index], entry.part, entry.path);
  }
}

/** The values of a kind of gateways apply to all of its kind, so those of all files must be equal. */
function putValues(
  draft: ClusterDraft,
  list: GatewayList,
  all: readonly Entry[],
  controlPlanes: readonly Part[],
): void {
  const key = gatewayLists[list].values;
  const target = ['istio', 'values', 'gateways', key];
  const beside = new Set(
    all.flatMap(({ part }) => (part === undefined || controlPlanes.includes(part) ? [] : [part])),
  );
  let isShared = all.some(({ part }) => part === undefined || controlPlanes.includes(part));
  for (const part of beside) {
    const given = valuesOf(part, list);
    if (!isShared) draft.remove(target);
    if (!isShared && Object.keys(given).length > 0)
      draft.put(target, given, part, ['values', 'gateways', key]);
    if (isShared && !isDeepStrictEqual(draft.at(target) ?? {}, given))
      draft.problems.push(otherValues(part, list));
    isShared = true;
    const ofProfile = !all.some((entry) => entry.part === undefined || controlPlanes.includes(entry.part));
    if (
      ofProfile &&
      list === 'ingressGateways' &&
      draft.at(['istio', 'profile']) === 'demo' &&
      part.content.profile !== 'demo'
    ) {
      draft.put(target, mergeValues(outsideDemo, (draft.at(target) ?? {}) as HelmValues), part, []);
    }
  }
}

/** What the profile demo changes of ingress gateways, as other profiles have it. */
const outsideDemo: HelmValues = {
  autoscaleEnabled: true,
  ports: [
    { name: 'status-port', port: 15021, targetPort: 15021, protocol: 'TCP' },
    { name: 'http2', port: 80, targetPort: 8080, protocol: 'TCP' },
    { name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' },
  ],
  resources: { requests: { cpu: '100m', memory: '128Mi' } },
};

function otherValues(part: Part, list: GatewayList) {
  const key = gatewayLists[list].values;
  return {
    code: 'INIT-CONFLICT',
    location: part.locate(['values', 'gateways', key], 'key'),
    message: `values.gateways.${key} is not the same in all files of the cluster, and applies to all of its ${list}.`,
    hint: `Write what differs as k8s of each gateway in components.${list}, or the same values in each file.`,
  } as const;
}

function valuesOf({ content }: Part, list: GatewayList): HelmValues {
  const values = valueAt(content, ['values', 'gateways', gatewayLists[list].values]);
  return isMap(values) ? values : {};
}
