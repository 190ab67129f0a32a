import { type HelmValues, isMap } from '../../mesh/helm-values';
import { valueAt } from '../../problems/problem';
import { partOf, text } from './found';
import type { Chart } from './part';
import type { Finder } from './releases';

/** The kinds of resources of the Sail operator. */
export const sailFinders: Readonly<Record<string, Finder>> = {
  Istio: sail('istiod', (object) => ({ revision: revisionOf(object) })),
  IstioRevision: sail('istiod', ({ metadata }) => ({ revision: named(metadata) })),
  IstioCNI: sail('cni', () => ({})),
  ZTunnel: sail('ztunnel', () => ({})),
};

function sail(chart: Chart, extra: (object: HelmValues) => { readonly revision?: string }): Finder {
  return ({ document, path }, object) => {
    const { spec } = object;
    const at = (key: string): unknown => valueAt(spec, [key]);
    const given = at('values');
    const { ztunnel, ...others } = isMap(given) ? given : {};
    // The operator has the values of ztunnel below its name, and the chart at the top level.
    const values = isMap(ztunnel) ? { ...others, ...ztunnel } : others;
    const profile = text(at('profile'));
    const { revision } = extra(object);
    const content = {
      ...(profile === undefined ? {} : { profile }),
      ...(revision === undefined ? {} : { revision }),
      ...values,
    };
    const release = { version: text(at('version'))?.replace(/^v/, ''), namespace: text(at('namespace')) };
    return [partOf(document, chart, [...path, 'spec', 'values'], content, release)];
  };
}

/** The operator names a revision after the resource, and with one revision for each version, after the version, too. */
function revisionOf({ metadata, spec }: HelmValues): string | undefined {
  const version = text(valueAt(spec, ['version']));
  const isPerVersion = valueAt(spec, ['updateStrategy', 'type']) === 'RevisionBased';
  const name = named(metadata) ?? 'default';
  return isPerVersion && version !== undefined ? `${name}-${version.replaceAll('.', '-')}` : named(metadata);
}

/** The name of a resource; undefined for that of the default revision. */
function named(metadata: unknown): string | undefined {
  const name = text(valueAt(metadata, ['name']));
  return name === 'default' ? undefined : name;
}
