import { ifSet } from '../../kubernetes/object';
import { stringifyYaml } from '../../kubernetes/yaml';
import type { ControlPlaneInput } from '../input';
import { agentgateway, agentgatewayWaypoint } from './agentgateway';
import { gateway } from './gateway';
import { grpcAgent } from './grpc-agent';
import { grpcSimple } from './grpc-simple';
import { kubeGateway } from './kube-gateway';
import { sidecar } from './sidecar';
import type { Template, TemplateList } from './template';
import { templateText } from './template-text';
import { waypoint } from './waypoint';

/** The input of the injection templates. */
export type InjectionInput = Pick<ControlPlaneInput, 'release' | 'values'>;

/** Removes null values, which users set to remove a default. The result is null if no value remains. */
export function withoutNulls(values: unknown): Template {
  if (typeof values !== 'object' || values === null) return values as Template;
  if (Array.isArray(values)) {
    const items = values.map(withoutNulls).filter((item) => item !== null);
    return items.length > 0 || values.length === 0 ? items : null;
  }
  const entries = Object.entries(values)
    .map(([key, value]) => [key, withoutNulls(value)] as const)
    .filter(([, value]) => value !== null);
  return entries.length > 0 || Object.keys(values).length === 0 ? Object.fromEntries(entries) : null;
}

/** The templates, by the names that the annotation `inject.istio.io/templates` uses. */
function templates(input: InjectionInput): Readonly<Record<string, TemplateList>> {
  return {
    sidecar: [sidecar(input)],
    gateway: [gateway(input)],
    'grpc-simple': [grpcSimple(input)],
    'grpc-agent': [grpcAgent(input)],
    'kube-gateway': kubeGateway(input),
    waypoint: waypoint(input),
    agentgateway: agentgateway(input),
    ...(input.release.agentgatewayWaypoints ? { 'agentgateway-waypoint': agentgatewayWaypoint(input) } : {}),
  };
}

/**
 * The configuration of the injector as YAML, for the key `config` of the ConfigMap istio-sidecar-injector.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#customizing-injection
 */
export function injectorConfig(input: InjectionInput): string {
  const known = configs.get(input);
  if (known !== undefined) return known;
  const config = writeConfig(input);
  configs.set(input, config);
  return config;
}

/** Clusters share their input, and writing this text takes a fifth of the time for one cluster. */
const configs = new WeakMap<InjectionInput, string>();

function writeConfig(input: InjectionInput): string {
  const { global, sidecarInjectorWebhook } = input.values;
  const { defaultTemplates, templates: customTemplates } = sidecarInjectorWebhook;
  const ours = Object.entries(templates(input)).filter(([name]) => !Object.hasOwn(customTemplates, name));
  const config = {
    defaultTemplates: defaultTemplates.length > 0 ? defaultTemplates : ['sidecar'],
    policy: global.proxy.autoInject,
    alwaysInjectSelector: sidecarInjectorWebhook.alwaysInjectSelector,
    neverInjectSelector: sidecarInjectorWebhook.neverInjectSelector,
    injectedAnnotations: ifSet(sidecarInjectorWebhook.injectedAnnotations) ?? null,
    // Only an istiod that does not support several templates reads this key. The name is its error message.
    template: '{{ Template_Version_And_Istio_Version_Mismatched_Check_Installation }}',
    templates: {
      ...Object.fromEntries(ours.map(([name, documents]) => [name, templateText(...documents)])),
      ...customTemplates,
    },
  };
  return stringifyYaml(config, { blockQuote: 'literal' });
}
