import { all, type Expression, go, not, type Operand, templateVariable } from './expression';
import type { InjectionInput } from './injector-config';
import { type TemplateMap, when } from './template';

const annotations = templateVariable('$annotations', go`.ObjectMeta.Annotations`);

/** An annotation of the pod or, where it has none, what holds for all pods. */
export function annotation(name: string, otherwise: Operand = ''): Expression {
  return otherwise === ''
    ? go`index ${annotations} ${name}`
    : go`annotation .ObjectMeta ${name} ${otherwise}`;
}

/** Whether the pod has an annotation, even an empty one. */
export function isAnnotated(name: string): Expression {
  return go`isset ${annotations} ${name}`;
}

/** A label of the pod; empty where it has none. */
export function label(name: string): Expression {
  return go`index .ObjectMeta.Labels ${name}`;
}

/** The names of the pod's containers, without the proxy. */
export const appContainers = templateVariable(
  '$appContainers',
  go`list`,
  '{{ range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $appContainers = append $appContainers .Name }}{{ end }}{{ end }}',
);

/** Whether the proxy is a native sidecar: an init container that keeps running. */
export const isNativeSidecar = templateVariable(
  '$nativeSidecar',
  go`ne (${annotation('sidecar.istio.io/nativeSidecar')} | default (printf "%t" .NativeSidecars)) "false"`,
);

/** How traffic comes to the proxy: REDIRECT, TPROXY or NONE. */
export const interceptionMode = templateVariable(
  '$interceptionMode',
  annotation('sidecar.istio.io/interceptionMode', go`.ProxyConfig.InterceptionMode`),
);

/** Whether the application is to see where its traffic comes from, for which the proxy must be root. */
export const isTproxy = templateVariable('$tproxy', go`eq ${interceptionMode} "TPROXY"`);

/** The user that the proxy runs as; on OpenShift, each namespace has its own. */
export const proxyUser = go`.ProxyUID | default 1337`;

/** The group that the proxy runs as. */
export const proxyGroup = go`.ProxyGID | default 1337`;

/** The name by which telemetry knows the workload, from the labels that workloads commonly have. */
export const canonicalName: Expression = go`${label('service.istio.io/canonical-name')} | default ${label(
  'app.kubernetes.io/name',
)} | default ${label('app')} | default .DeploymentMeta.Name`;

/** The revision by which telemetry knows the workload. */
export const canonicalRevision: Expression = go`${label(
  'service.istio.io/canonical-revision',
)} | default ${label('app.kubernetes.io/version')} | default ${label('version')} | default "latest"`;

/** The annotations of every injected pod. */
export const podAnnotations: TemplateMap = {
  'istio.io/rev': go`.Revision | default "default"`,
  ...Object.fromEntries(
    // What kubectl logs and exec choose: the application, although the proxy may come first.
    ['kubectl.kubernetes.io/default-logs-container', 'kubectl.kubernetes.io/default-container'].map(
      (name) => [name, when(all(appContainers, not(isAnnotated(name))), go`first ${appContainers}`)],
    ),
  ),
};

/**
 * The name of the cluster, where the values have one. istiod finds it, like the network, in the values
 * beside the templates: so these are the same in all clusters of a mesh.
 */
export function clusterName({ values }: InjectionInput): Expression | undefined {
  return values.global.multiCluster.clusterName ? go`.Values.global.multiCluster.clusterName` : undefined;
}

/** The network of the cluster, where the values have one. */
export function clusterNetwork({ values }: InjectionInput): Expression | undefined {
  return values.global.network ? go`.Values.global.network` : undefined;
}
