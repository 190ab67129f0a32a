import { ifSet } from '../../kubernetes/object';
import { go, goText } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation } from './pod';
import { readyEndpoint } from './proxy-container';
import { env } from './proxy-environment';
import type { TemplateList, TemplateMap } from './template';

/** Lets an unprivileged process listen on ports 80 and 443. */
export const bindingLowPorts: TemplateMap = {
  sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
};

/** The pod security context of an ingress gateway. By default, it allows binding to low ports. */
export function ingressPodSecurityContext({ values }: InjectionInput): TemplateMap {
  const { securityContext, seccompProfile } = values.gateways;
  return (ifSet(securityContext) ?? {
    ...bindingLowPorts,
    seccompProfile: ifSet(seccompProfile),
  }) as TemplateMap;
}

/** A gateway container needs no privileges. */
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

/** A gateway has 30 seconds to start. After that, its readiness is checked every 15 seconds. */
export const gatewayProbes: TemplateMap = {
  startupProbe: { ...readyCheck, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 30 },
  readinessProbe: { ...readyCheck, initialDelaySeconds: 0, periodSeconds: 15, failureThreshold: 4 },
};

/** The metrics and health check ports of the agent. */
export const agentPorts: TemplateList = [
  { containerPort: 15020, name: 'metrics', protocol: 'TCP' },
  { containerPort: 15021, name: 'status-port', protocol: 'TCP' },
];

/** The container ports of a gateway's proxy, including the port of Envoy's own metrics. */
export const proxyPorts: TemplateList = [
  ...agentPorts,
  { containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP' },
];

/** The arguments that set the log levels of the proxy. */
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

/** Identifies the Gateway's Deployment as the workload of the proxy in telemetry. */
export const deploymentEnvironment: TemplateList = [
  env('ISTIO_META_WORKLOAD_NAME', go`.DeploymentName`),
  env(
    'ISTIO_META_OWNER',
    goText`kubernetes://apis/apps/v1/namespaces/${go`.Namespace`}/deployments/${go`.DeploymentName`}`,
  ),
];

/**
 * The directory with the socket of an identity provider such as SPIRE. A patch in the Gateway's
 * `parametersRef` can replace it with a volume of the provider's driver only if it has no source.
 */
export function workloadSocketVolume({ release }: InjectionInput): TemplateMap {
  return { name: 'workload-socket', emptyDir: release.replaceableWorkloadSocket ? null : {} };
}
