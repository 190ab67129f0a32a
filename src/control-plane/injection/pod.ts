import { type Expression, go, type Operand, variable } from './expression';

const annotations = variable('$annotations', go`.ObjectMeta.Annotations`);

/** An annotation of the pod or, where it has none, what holds for all pods. */
export function annotation(name: string, otherwise: Operand = ''): Expression {
  return otherwise === ''
    ? go`index ${annotations} ${name}`
    : go`annotation .ObjectMeta ${name} ${otherwise}`;
}

/** Whether the pod has an annotation, be it empty. */
export function isAnnotated(name: string): Expression {
  return go`isset ${annotations} ${name}`;
}

/** A label of the pod; empty where it has none. */
export function label(name: string): Expression {
  return go`index .ObjectMeta.Labels ${name}`;
}

/** The names of the pod's containers, without the proxy. */
export const appContainers = variable(
  '$appContainers',
  go`list`,
  '{{ range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $appContainers = append $appContainers .Name }}{{ end }}{{ end }}',
);

/** Whether the proxy is a native sidecar: an init container that keeps running. */
export const isNativeSidecar = variable(
  '$nativeSidecar',
  go`ne (${annotation('sidecar.istio.io/nativeSidecar')} | default (printf "%t" .NativeSidecars)) "false"`,
);

/** How traffic comes to the proxy: REDIRECT, TPROXY or NONE. */
export const interceptionMode = variable(
  '$interceptionMode',
  annotation('sidecar.istio.io/interceptionMode', go`.ProxyConfig.InterceptionMode`),
);

/** Whether the application is to see where its traffic comes from, for which the proxy must be root. */
export const isTproxy = variable('$tproxy', go`eq ${interceptionMode} "TPROXY"`);

/** The user that the proxy runs as; on OpenShift, each namespace has its own. */
export const proxyUser = go`.ProxyUID | default 1337`;

/** The group that the proxy runs as. */
export const proxyGroup = go`.ProxyGID | default 1337`;
