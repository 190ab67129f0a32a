import { all, type Expression, go, not, type Operand, templateVariable } from './expression';
import type { InjectionInput } from './injection-input';
import { type TemplateMap, when } from './template';

const annotations = templateVariable('$annotations', go`.ObjectMeta.Annotations`);

/** An annotation of the pod, with a default for pods without it. */
export function annotation(name: string, otherwise: Operand = ''): Expression {
  return otherwise === ''
    ? go`index ${annotations} ${name}`
    : go`annotation .ObjectMeta ${name} ${otherwise}`;
}

/** Whether the pod has an annotation, even if its value is empty. */
export function isAnnotated(name: string): Expression {
  return go`isset ${annotations} ${name}`;
}

/** A label of the pod; empty if the pod does not have it. */
export function label(name: string): Expression {
  return go`index .ObjectMeta.Labels ${name}`;
}

/** The names of the pod's containers, without the proxy. */
export const appContainers = templateVariable(
  '$appContainers',
  go`list`,
  '{{ range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $appContainers = append $appContainers .Name }}{{ end }}{{ end }}',
);

/** Whether the proxy is a native sidecar: an init container that restarts always. */
export const isNativeSidecar = templateVariable(
  '$nativeSidecar',
  go`ne (${annotation('sidecar.istio.io/nativeSidecar')} | default (printf "%t" .NativeSidecars)) "false"`,
);

/** How the proxy intercepts traffic: REDIRECT, TPROXY or NONE. */
export const interceptionMode = templateVariable(
  '$interceptionMode',
  annotation('sidecar.istio.io/interceptionMode', go`.ProxyConfig.InterceptionMode`),
);

/** With TPROXY, the application sees the source address of its traffic, and the proxy must run as root. */
export const isTproxy = templateVariable('$tproxy', go`eq ${interceptionMode} "TPROXY"`);

/** The user ID of the proxy. On OpenShift, each namespace has its own. */
export const proxyUser = go`.ProxyUID | default 1337`;

/** The group ID of the proxy. */
export const proxyGroup = go`.ProxyGID | default 1337`;

/** The name of the workload in telemetry, from common labels. */
export const canonicalName: Expression = go`${label('service.istio.io/canonical-name')} | default ${label(
  'app.kubernetes.io/name',
)} | default ${label('app')} | default .DeploymentMeta.Name`;

/** The revision of the workload in telemetry. */
export const canonicalRevision: Expression = go`${label(
  'service.istio.io/canonical-revision',
)} | default ${label('app.kubernetes.io/version')} | default ${label('version')} | default "latest"`;

/** The annotations of every injected pod. */
export const podAnnotations: TemplateMap = {
  'istio.io/rev': go`.Revision | default "default"`,
  ...Object.fromEntries(
    // Makes kubectl logs and exec use the application container, even if the proxy comes first.
    ['kubectl.kubernetes.io/default-logs-container', 'kubectl.kubernetes.io/default-container'].map(
      (name) => [name, when(all(appContainers, not(isAnnotated(name))), go`first ${appContainers}`)],
    ),
  ),
};

/**
 * The name of the cluster, if the values contain one. istiod reads it and the network from the values next
 * to the templates, so that the templates are the same in all clusters of a mesh.
 */
export function clusterName({ values }: InjectionInput): Expression | undefined {
  return values.global.multiCluster.clusterName ? go`.Values.global.multiCluster.clusterName` : undefined;
}

/** The network of the cluster, if the values contain one. */
export function clusterNetwork({ values }: InjectionInput): Expression | undefined {
  return values.global.network ? go`.Values.global.network` : undefined;
}
