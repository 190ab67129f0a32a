import { ifSet } from '../../kubernetes/object';
import { stringifyYaml } from '../../kubernetes/yaml';
import { agentgateway, agentgatewayWaypoint } from './agentgateway';
import { gateway } from './gateway';
import { grpcAgent } from './grpc-agent';
import { grpcSimple } from './grpc-simple';
import type { InjectionInput } from './injection-input';
import { kubeGateway } from './kube-gateway';
import { sidecar } from './sidecar';
import type { TemplateList } from './template';
import { templateText } from './template-text';
import { waypoint } from './waypoint';

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
