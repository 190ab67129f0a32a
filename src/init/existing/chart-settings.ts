import { basename, extname } from 'node:path';
import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { eastWestGatewayName } from '../../mesh/istio-names';
import { keysAt } from '../../mesh/schema-keys';
import { istioValues } from '../../mesh/values/schemas/istio-values';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';
import { putValues } from './values';

/** Adds the values of Istio's charts to a draft. */
export const addChart: Readonly<
  Record<Exclude<Part['kind'], 'operator'>, (draft: ClusterDraft, part: Part, network: string) => void>
> = {
  base: addBase,
  istiod: addIstiod,
  cni: addCni,
  gateway: addGateway,
};

/** Charts of Istio keep their defaults in this map, and users copy it. */
const defaultsKey = '_internal_defaults_do_not_set';

function valuesOf({ content }: Part): HelmValues {
  const { [defaultsKey]: copied, ...values } = content;
  return isMap(copied) ? mergeValues(copied, values) : values;
}

function addBase(draft: ClusterDraft, part: Part): void {
  const { defaultRevision, ...values } = valuesOf(part);
  if (defaultRevision !== undefined && defaultRevision !== '' && defaultRevision !== 'default') {
    draft.leaveOut(part, ['defaultRevision'], 'is the revision of the first control plane.');
  }
  putValues(draft, part, [], values);
}

/** The chart has the values of istiod at the top level, and below `pilot`, too, which override the others. */
function addIstiod(draft: ClusterDraft, part: Part): void {
  const pilotKeys = keysAt(istioValues(), ['pilot']);
  const entries = Object.entries(valuesOf(part));
  const flat = entries.filter(([key]) => pilotKeys.includes(key));
  if (flat.length > 0) draft.put(['istio', 'values', 'pilot'], Object.fromEntries(flat), part, []);
  putValues(draft, part, [], Object.fromEntries(entries.filter(([key]) => !pilotKeys.includes(key))));
  // The ingress gateway of the profile is of another chart.
  draft.put(['istio', 'profile'], 'minimal', part, []);
}

/** The values of the chart are at the top level, or below `cni` as in its older versions. */
function addCni(draft: ClusterDraft, part: Part): void {
  const { cni, global, ...flat } = valuesOf(part);
  const values = mergeValues(flat, isMap(cni) ? cni : {});
  if (isMap(global)) putValues(draft, part, [], { global });
  draft.put(['istio', 'cni'], 'enabled', part, []);
  if (Object.keys(values).length === 0) return;
  draft.put(['istio', 'values', 'cni'], values, part, isMap(cni) ? ['cni'] : []);
}

function addGateway(draft: ClusterDraft, part: Part, network: string): void {
  const { name, global, networkGateway, ...values } = valuesOf(part);
  const key = typeof name === 'string' && name !== '' ? name : (part.release ?? fileName(part.file));
  if (isMap(global)) putValues(draft, part, [], { global });
  const isGiven = networkGateway !== undefined && networkGateway !== null && networkGateway !== '';
  const isEastWest = isGiven || key === eastWestGatewayName;
  if (isEastWest) draft.put(['eastWestGateway'], 'disabled', part, []);
  const settings: HelmValues = {
    ...(part.namespace === undefined ? {} : { namespace: part.namespace }),
    ...(isEastWest ? { networkGateway: isGiven ? networkGateway : network } : {}),
    ...values,
  };
  draft.put(['gateways', key], settings, part, []);
}

/** The name of a file without what says that it holds values. */
function fileName(file: string): string {
  const name = basename(file, extname(file)).toLowerCase();
  return name.replace(/^values[-_.]|[-_.]values$/g, '').replace(/[^a-z0-9-]+/g, '-') || 'gateway';
}
