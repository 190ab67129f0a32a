import { isSet } from '../../kubernetes/object';
import { any, type Condition, type Expression, go, goText, templateVariable } from './expression';
import { type InjectionInput, withoutNulls } from './injector-config';
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
 * @param configured the image in the values: a name, or a whole reference, which has a slash
 * @param otherwise the image that istiod makes of the mesh's hub and tag
 * @param annotationName the annotation by which a pod chooses another
 */
export function proxyImage(
  configured: string,
  otherwise = go`.ProxyImage`,
  annotationName = 'sidecar.istio.io/proxyImage',
): Expression {
  const image = annotation(annotationName, configured);
  return go`ternary ${image} ${otherwise} (contains "/" ${image})`;
}

/** When images are pulled; undefined leaves it to Kubernetes. */
export function imagePullPolicy({ values }: InjectionInput): string | undefined {
  return values.global.imagePullPolicy || undefined;
}

/** What the pod pulls images with; undefined leaves that to its service account. */
export function imagePullSecrets({ values }: InjectionInput): TemplateList | undefined {
  const { imagePullSecrets } = values.global;
  return isSet(imagePullSecrets) ? imagePullSecrets.map((name) => ({ name })) : undefined;
}

/** What is logged of all that is not Envoy. */
export function agentLogLevel({ values }: InjectionInput): Template {
  return goText`--log_output_level=${annotation('sidecar.istio.io/agentLogLevel', values.global.logging.level)}`;
}

/** The arguments of the agent that starts Envoy, as a sidecar or as a router. */
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

/** The port of the agent's own probes; 0 for none. */
export function statusPort({ values }: InjectionInput): Expression {
  return templateVariable(
    '$statusPort',
    annotation('status.sidecar.istio.io/port', values.global.proxy.statusPort),
  );
}

/** Whether the agent is there to be probed. */
function isProbed(input: InjectionInput): Expression {
  return go`ne ${statusPort(input)} "0"`;
}

/** Asks the agent whether Envoy is ready. */
export function readyEndpoint(port: number): TemplateMap {
  return { path: '/healthz/ready', port };
}

/** A probe that lets the proxy take its time until it is ready first; undefined where values forbid it. */
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
 * The probe of a sidecar, as the pod's annotations and else the values have it.
 *
 * @param port the port that answers
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

/** The resources of an injected container: the pod's, as soon as it names any, or else all of the mesh's. */
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
