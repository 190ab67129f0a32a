import { ifSet } from '../../kubernetes/object';
import { go, goText } from './expression';
import type { InjectionInput } from './injector-config';
import { annotation } from './pod';
import { readyEndpoint } from './proxy-container';
import { env } from './proxy-environment';
import type { TemplateList, TemplateMap } from './template';

/** Lets a process without privileges listen on ports 80 and 443. */
export const bindingLowPorts: TemplateMap = {
  sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
};

/** What the pods of an ingress gateway may do: what the values say, or else bind to low ports. */
export function ingressPodSecurityContext({ values }: InjectionInput): TemplateMap {
  const { securityContext, seccompProfile } = values.gateways;
  return (ifSet(securityContext) ?? {
    ...bindingLowPorts,
    seccompProfile: ifSet(seccompProfile),
  }) as TemplateMap;
}

/** What no container of a gateway needs. */
export const unprivileged: TemplateMap = {
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
};

const readyCheck = {
  httpGet: { ...readyEndpoint(15021), scheme: 'HTTP' },
  successThreshold: 1,
  timeoutSeconds: 1,
};

/** A gateway has half a minute to become ready, and is then asked every 15 seconds. */
export const gatewayProbes: TemplateMap = {
  startupProbe: { ...readyCheck, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 30 },
  readinessProbe: { ...readyCheck, initialDelaySeconds: 0, periodSeconds: 15, failureThreshold: 4 },
};

/** The ports of the agent: metrics and health. */
export const agentPorts: TemplateList = [
  { containerPort: 15020, name: 'metrics', protocol: 'TCP' },
  { containerPort: 15021, name: 'status-port', protocol: 'TCP' },
];

/** The ports of Istio's proxy in a gateway, with Envoy's own metrics. */
export const proxyPorts: TemplateList = [
  ...agentPorts,
  { containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP' },
];

/** The arguments that say how much the proxy logs. */
export function logLevelArguments({ values }: InjectionInput): TemplateList {
  const { proxy, logging } = values.global;
  return [
    ...['--proxyLogLevel', annotation('sidecar.istio.io/logLevel', proxy.logLevel)],
    ...[
      '--proxyComponentLogLevel',
      annotation('sidecar.istio.io/componentLogLevel', proxy.componentLogLevel),
    ],
    ...['--log_output_level', annotation('sidecar.istio.io/agentLogLevel', logging.level)],
  ];
}

/** The Deployment of the Gateway, as the workload that telemetry knows the proxy by. */
export const deploymentEnvironment: TemplateList = [
  env('ISTIO_META_WORKLOAD_NAME', go`.DeploymentName`),
  env(
    'ISTIO_META_OWNER',
    goText`kubernetes://apis/apps/v1/namespaces/${go`.Namespace`}/deployments/${go`.DeploymentName`}`,
  ),
];

/**
 * The folder with the socket of an identity provider such as SPIRE. A patch from the Gateway's
 * `parametersRef` can put a volume of its driver in the place of one that has no source, and only of that.
 */
export function workloadSocketVolume({ release }: InjectionInput): TemplateMap {
  return { name: 'workload-socket', emptyDir: release.replaceableWorkloadSocket ? null : {} };
}
