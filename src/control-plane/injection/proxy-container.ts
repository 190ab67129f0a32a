import { isSet } from '../../kubernetes/object';
import { any, type Condition, type Expression, go, goText, templateVariable } from './expression';
import { type InjectionInput, withoutNulls } from './injection-input';
import { annotation, isAnnotated } from './pod';
import {
  type Conditional,
  choose,
  shared,
  type Template,
  type TemplateList,
  type TemplateMap,
  when,
  yaml,
} from './template';

/**
 * The image of an injected container.
 *
 * @param configured the image in the values: a name, or a full reference, which contains a slash
 * @param otherwise the image that istiod builds from the hub and tag of the mesh
 * @param annotationName the annotation with which a pod overrides the image
 */
export function proxyImage(
  configured: string,
  otherwise = go`.ProxyImage`,
  annotationName = 'sidecar.istio.io/proxyImage',
): Expression {
  const image = annotation(annotationName, configured);
  return go`ternary ${image} ${otherwise} (contains "/" ${image})`;
}

/** The image pull policy; undefined for the default of Kubernetes. */
export function imagePullPolicy({ values }: InjectionInput): string | undefined {
  return values.global.imagePullPolicy || undefined;
}

/** The image pull secrets; undefined for those of the service account. */
export function imagePullSecrets({ values }: InjectionInput): TemplateList | undefined {
  const { imagePullSecrets } = values.global;
  return isSet(imagePullSecrets) ? imagePullSecrets.map((name) => ({ name })) : undefined;
}

/** The log levels of the agent. Envoy has its own arguments. */
export function agentLogLevel({ values }: InjectionInput): Template {
  return goText`--log_output_level=${annotation('sidecar.istio.io/agentLogLevel', values.global.logging.level)}`;
}

/** The arguments of the agent, which starts Envoy as a sidecar or as a router. */
export function agentArguments(input: InjectionInput, role: 'sidecar' | 'router'): TemplateList {
  const { proxy, sts, logAsJson } = input.values.global;
  return [
    ...['proxy', role, '--domain', `$(POD_NAMESPACE).svc.${proxy.clusterDomain}`],
    goText`--proxyLogLevel=${annotation('sidecar.istio.io/logLevel', proxy.logLevel)}`,
    goText`--proxyComponentLogLevel=${annotation('sidecar.istio.io/componentLogLevel', proxy.componentLogLevel)}`,
    agentLogLevel(input),
    sts.servicePort ? `--stsPort=${sts.servicePort}` : undefined,
    logAsJson ? '--log_as_json' : undefined,
  ];
}

/** The port on which the agent answers health checks. 0 disables them. */
export function statusPort({ values }: InjectionInput): Expression {
  return templateVariable(
    '$statusPort',
    annotation('status.sidecar.istio.io/port', values.global.proxy.statusPort),
  );
}

/** Status port 0 disables the probes of the agent. */
function isProbed(input: InjectionInput): Expression {
  return go`ne ${statusPort(input)} "0"`;
}

/** The endpoint at which the agent reports whether Envoy is ready. */
export function readyEndpoint(port: number): TemplateMap {
  return { path: '/healthz/ready', port };
}

/** Gives the proxy time to become ready for the first time; undefined if the values disable the probe. */
export function sidecarStartupProbe(input: InjectionInput): Conditional | undefined {
  const { enabled, failureThreshold } = input.values.global.proxy.startupProbe;
  if (!enabled) return undefined;
  return when(isProbed(input), {
    httpGet: readyEndpoint(15021),
    initialDelaySeconds: 0,
    periodSeconds: 1,
    timeoutSeconds: 3,
    failureThreshold,
  });
}

/**
 * The readiness probe of a sidecar. Annotations of the pod override the values.
 *
 * @param port the port of the health checks
 */
export function sidecarReadinessProbe(input: InjectionInput, port: number): Conditional {
  const { proxy } = input.values.global;
  const setting = (name: string, otherwise: number) =>
    yaml(annotation(`readiness.status.sidecar.istio.io/${name}`, otherwise));
  return when(isProbed(input), {
    httpGet: readyEndpoint(port),
    initialDelaySeconds: setting('initialDelaySeconds', proxy.readinessInitialDelaySeconds),
    periodSeconds: setting('periodSeconds', proxy.readinessPeriodSeconds),
    timeoutSeconds: 3,
    failureThreshold: setting('failureThreshold', proxy.readinessFailureThreshold),
  });
}

const requests = { cpu: 'sidecar.istio.io/proxyCPU', memory: 'sidecar.istio.io/proxyMemory' };
const limits = { cpu: 'sidecar.istio.io/proxyCPULimit', memory: 'sidecar.istio.io/proxyMemoryLimit' };

/** The resources of an injected container. If a pod sets any of them, none of the mesh's defaults apply. */
export function proxyResources({ values }: InjectionInput): Template {
  const { resources } = values.global.proxy;
  return shared(
    'resources',
    choose(
      any(isAnnotatedWithOne(requests), isAnnotatedWithOne(limits)),
      { requests: annotated(requests), limits: annotated(limits) },
      isSet(resources) ? withoutNulls(resources) : null,
    ),
  );
}

function annotated(annotations: Readonly<Record<string, string>>): TemplateMap {
  return Object.fromEntries(
    Object.entries(annotations).map(([resource, name]) => [
      resource,
      when(isAnnotated(name), annotation(name)),
    ]),
  );
}

function isAnnotatedWithOne(annotations: Readonly<Record<string, string>>): Condition {
  return any(...Object.values(annotations).map(isAnnotated));
}
