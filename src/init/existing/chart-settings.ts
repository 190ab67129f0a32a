import { basename, dirname, extname } from 'node:path';
import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { eastWestGatewayName, istioSystem } from '../../mesh/istio-names';
import { keysAt } from '../../mesh/schema-keys';
import { istioValues } from '../../mesh/values/schemas/istio-values';
import { type Problem, valueAt } from '../../problems/problem';
import { withDefaults } from './chart-of-values';
import type { ClusterDraft } from './cluster-draft';
import { putAmbient } from './data-plane';
import type { Part } from './part';
import { putChartProfile, putPlatform } from './profile';
import { identityValues, putValues, withoutValue } from './values';

/** Adds the values of Istio's charts to a draft. */
export const addChart: Readonly<
  Record<Exclude<Part['kind'], 'operator'>, (draft: ClusterDraft, part: Part, network: string) => void>
> = {
  base: addBase,
  istiod: addIstiod,
  cni: addCni,
  ztunnel: addZtunnel,
  gateway: addGateway,
};

function addBase(draft: ClusterDraft, part: Part): void {
  const { defaultRevision, ...values } = withoutProfile(withDefaults(part.content));
  if (defaultRevision !== undefined && defaultRevision !== '' && defaultRevision !== 'default') {
    draft.leaveOut(part, ['defaultRevision'], 'is the revision of the first control plane.');
  }
  putValues(draft, part, [], values);
}

/** The profile of a chart is a value, which no other value of these charts needs. */
function withoutProfile(values: HelmValues): HelmValues {
  return [['profile'], ['global', 'profile']].reduce<HelmValues>(withoutValue, values);
}

/** The chart has the values of istiod at the top level, and below `pilot`, too, which override the others. */
function addIstiod(draft: ClusterDraft, part: Part): void {
  const values = withDefaults(part.content);
  putChartProfile(draft, part, values);
  // A map of this name at the top level is that of the injector.
  const pilotKeys = keysAt(istioValues(), ['pilot']).filter((key) => key !== 'istiodRemote');
  const entries = Object.entries(withoutProfile(values));
  const flat = entries.filter(([key]) => pilotKeys.includes(key));
  if (flat.length > 0) draft.put(['istio', 'values', 'pilot'], Object.fromEntries(flat), part, []);
  putValues(draft, part, [], Object.fromEntries(entries.filter(([key]) => !pilotKeys.includes(key))));
}

/** The values of the chart are at the top level, or below `cni` as in its older versions. */
function addCni(draft: ClusterDraft, part: Part): void {
  const given = withDefaults(part.content);
  putPlatform(draft, part, given);
  const { cni, global, platform, ...flat } = withoutProfile(given);
  const values = mergeValues(flat, isMap(cni) ? cni : {});
  putCommonValues(draft, part, { global, platform });
  const { namespace = istioSystem } = part;
  draft.put(['istio', 'cni'], namespace === istioSystem ? 'enabled' : { namespace }, part, []);
  if (Object.keys(values).length === 0) return;
  draft.put(['istio', 'values', 'cni'], values, part, isMap(cni) ? ['cni'] : []);
}

/** Values of a chart that a mesh definition has for all charts. */
function putCommonValues(draft: ClusterDraft, part: Part, common: Partial<HelmValues>): void {
  for (const [key, value] of Object.entries(common)) {
    if (value !== undefined && value !== null) putValues(draft, part, [], { [key]: value });
  }
}

/** The values of the chart are at the top level. It is part of ambient mode. */
function addZtunnel(draft: ClusterDraft, part: Part): void {
  const given = withDefaults(part.content);
  putPlatform(draft, part, given);
  putAmbient(draft, part, []);
  const { global, platform, ...values } = withoutProfile(given);
  putCommonValues(draft, part, { global, platform });
  const { namespace = istioSystem } = part;
  if (namespace !== istioSystem) draft.put(['istio', 'components', 'ztunnel'], { namespace }, part, []);
  if (Object.keys(values).length > 0) draft.put(['istio', 'values', 'ztunnel'], values, part, []);
}

function addGateway(draft: ClusterDraft, part: Part, network: string): void {
  const { name, global, networkGateway, ...values } = withDefaults(part.content);
  const given = typeof name === 'string' && name !== '' ? name : part.release;
  const key = given ?? nameOfFile(part.file);
  if (!/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(key)) {
    draft.problems.push(invalidName(part, key));
    return;
  }
  if (given === undefined) {
    draft.notes.push(
      `gateways.${key}: No input has the name of the gateway, so it is that of its file. If its Helm release has another one, which "helm list" shows, write that one.`,
    );
  }
  const isGiven = networkGateway !== undefined && networkGateway !== null && networkGateway !== '';
  const isEastWest = isGiven || key === eastWestGatewayName;
  if (isEastWest) draft.put(['eastWestGateway'], 'disabled', part, []);
  if (isGiven && valueAt(values, ['service', 'ports']) !== undefined) {
    draft.leaveOut(part, ['service', 'ports'], 'has no effect on a gateway with networkGateway.');
  }
  const settings: HelmValues = {
    ...(part.namespace === undefined ? {} : { namespace: part.namespace }),
    ...(isMap(global) ? identityValues.reduce<HelmValues>(withoutValue, { global }) : {}),
    ...(isEastWest ? { networkGateway: isGiven ? networkGateway : network } : {}),
    ...(isGiven ? withoutValue(values, ['service', 'ports']) : values),
  };
  draft.put(['gateways', key], settings, part, []);
}

function invalidName(part: Part, name: string): Problem {
  return {
    code: 'INIT-CONTENT',
    location: part.locate(['name']),
    message: `The name of the gateway is ${JSON.stringify(name)}, which is not a name in Kubernetes.`,
    hint: 'Fill in the template first, or write the name of the Helm release as name of its values.',
  };
}

/** The name of a file without what says that it holds values, or that of its folder. */
function nameOfFile(file: string): string {
  const names = [file, dirname(file)].map((path) =>
    basename(path, extname(path))
      .toLowerCase()
      .replace(/(^|[-_.])values?([-_.]|$)/g, '-')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
  );
  return names.find((name) => name !== '') ?? 'gateway';
}
