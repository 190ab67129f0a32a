import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, formatPath, valueAt } from '../../problems/problem';
import {
  chartOfFile,
  chartOfValues,
  componentValues,
  isGatewayComponent,
  withDefaults,
} from './chart-of-values';
import { partsOfDependencies } from './chart-release';
import { type Found, partOf } from './found';
import { type Part, usableInputs } from './part';
import { helmfile, type Place } from './releases';

/** Finds the configurations of Istio in a document that is no Kubernetes object. */
export function partsOfValues({ inputs, document, path }: Place): Found[] {
  const content = valueAt(document.content, path);
  if (!isMap(content)) return [unknown({ inputs, document, path })];
  const releases = helmfile({ inputs, document, path }, content);
  if (releases.length > 0) return releases;
  const dependencies = partsOfDependencies({ document, path, content });
  if (dependencies.length > 0) return dependencies;
  const spec = specIn(content);
  if (spec !== undefined)
    return [partOf(document, 'operator', [...path, ...spec], valueAt(content, spec) as HelmValues)];
  if (isGatewayComponent(content)) return [gatewayComponents({ inputs, document, path }, content)];
  const chart = chartOfFile(document.file, content) ?? chartOfValues(content);
  if (chart !== undefined) return [partOf(document, chart, path, content)];
  const nested = nestedValues(content, path);
  const inner = nested === undefined ? undefined : valueAt(document.content, nested);
  return nested !== undefined && isOperatorSpec(inner)
    ? [partOf(document, 'operator', nested, inner)]
    : [unknown({ inputs, document, path })];
}

/** Whether a map within values of a chart of someone else is the spec of an IstioOperator, which it installs. */
function isOperatorSpec(inner: unknown): inner is HelmValues {
  const components = isMap(inner) && isMap(inner.components) ? Object.keys(inner.components) : [];
  return components.some((key) => ['base', 'pilot', 'ingressGateways', 'egressGateways'].includes(key));
}

/** Where content has the spec of an IstioOperator without its kind: below `spec`, or at the top. */
function specIn(content: HelmValues): DefinitionPath | undefined {
  const isSpec = (values: HelmValue | undefined) =>
    isMap(values) && (isMap(values.components) || isMap(values.values));
  return [['spec'], []].find((path) => isSpec(valueAt(content, path) as HelmValue));
}

/** The IstioOperator that renders what the charts istio-ingress and istio-egress render for values. */
function gatewayComponents({ document, path }: Place, content: HelmValues): Found {
  const { gateways, ...others } = withDefaults(content);
  const own = isMap(gateways) ? gateways : {};
  const lists = Object.entries(componentValues).flatMap(([list, key]) => {
    const values = own[key];
    if (!isMap(values)) return [];
    const { name = key, labels, namespace } = values;
    const label = isMap(labels) ? { label: labels } : {};
    const place = typeof namespace === 'string' && namespace !== '' ? { namespace } : {};
    return [[list, [{ name, enabled: true, ...place, ...label }]]];
  });
  const spec = {
    profile: 'empty',
    components: Object.fromEntries(lists),
    values: {
      ...others,
      gateways: Object.fromEntries(
        Object.entries(own).map(([key, values]) => [key, withoutIdentity(values)]),
      ),
    },
  };
  const { part } = partOf(document, 'operator', path, spec);
  const locate: Part['locate'] = ([key, ...inner], at) =>
    document.source.locate({ path: key === 'values' ? [...path, ...inner] : path, at });
  return { part: { ...part, locate } };
}

/** The values of a gateway that its component does not have. */
function withoutIdentity(values: HelmValue): HelmValue {
  if (!isMap(values)) return values;
  const { name: _, namespace: _namespace, labels: _labels, ...others } = values;
  return others;
}

function unknown({ document, path }: Place): Found {
  const inner = nestedValues(valueAt(document.content, path), path);
  const place = inner === undefined ? undefined : formatPath(inner);
  return {
    problem: {
      code: 'INIT-CONTENT',
      location: document.source.locate({ path: inner ?? path }),
      message:
        place === undefined
          ? 'This is not a configuration of Istio that istio-mesh knows.'
          : `Settings of Istio seem to be in ${place}, in a form that istio-mesh does not know.`,
      hint:
        place === undefined
          ? usableInputs
          : `Write what is under ${place} into a file of its own, and name that file.`,
    },
  };
}

/** The path of the first map within others that has settings of Istio. */
function nestedValues(value: unknown, path: DefinitionPath): DefinitionPath | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const innerPath = [...path, Array.isArray(value) ? Number(key) : key];
    if (
      isMap(inner) &&
      (specIn(inner)?.length === 0 || ['istiod', 'cni'].includes(chartOfValues(inner) ?? ''))
    ) {
      return innerPath;
    }
    const found = nestedValues(inner, innerPath);
    if (found !== undefined) return found;
  }
  return undefined;
}
