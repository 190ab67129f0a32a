import { type Expression, go, variable } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation } from './pod';
import { type Conditional, type TemplateMap, when, yaml } from './template';

/** The port of the agent's own probes; 0 for none. */
export function statusPort({ values }: InjectionInput): Expression {
  return variable('$statusPort', annotation('status.sidecar.istio.io/port', values.global.proxy.statusPort));
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
