import { isSet } from '../../kubernetes/object';
import { any, type Condition, type Expression, go } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, interceptionMode, isAnnotated, isTproxy, proxyUser } from './pod';
import { statusPort } from './proxy-container';
import { choose, type TemplateList, type TemplateMap, when } from './template';

const prefix = 'traffic.sidecar.istio.io/';
const reroute = 'istio.io/reroute-virtual-interfaces';
const kubevirt = `${prefix}kubevirtInterfaces`;
const excludedInterfaces = `${prefix}excludeInterfaces`;

/** The arguments of istio-iptables, which select the traffic to redirect to the proxy. */
export function captureArguments(input: InjectionInput): TemplateList {
  const { outboundRanges, inboundPorts, outboundPorts } = capture(input);
  return [
    ...['-p', go`.MeshConfig.ProxyListenPort | default 15001`],
    ...['-z', go`.MeshConfig.ProxyInboundListenPort | default 15006`],
    ...['-u', choose(isTproxy, '1337', proxyUser)],
    ...['-m', interceptionMode],
    ...['-i', outboundRanges.include],
    ...['-x', outboundRanges.exclude],
    ...['-b', inboundPorts.include],
    // The ports for Envoy's metrics, its readiness and the agent's probes are never captured.
    ...['-d', go`list "15090" "15021" ${inboundPorts.exclude} | compact | join ","`],
    when(outboundPorts.include.isGiven, '-q', outboundPorts.include.value),
    when(outboundPorts.exclude.isGiven, '-o', outboundPorts.exclude.value),
    when(
      any(isAnnotated(reroute), isAnnotated(kubevirt)),
      ...['-k', annotation(reroute, annotation(kubevirt))],
    ),
    when(isAnnotated(excludedInterfaces), '-c', annotation(excludedInterfaces)),
  ];
}

/** The same settings for the CNI plugin, which reads annotations. */
export function captureAnnotations(input: InjectionInput): TemplateMap {
  const { outboundRanges, inboundPorts, outboundPorts } = capture(input);
  const network = 'k8s.v1.cni.cncf.io/networks';
  const interfaces = [kubevirt, reroute, excludedInterfaces].map((name) => [
    name,
    when(annotation(name), annotation(name)),
  ]);
  return {
    [network]:
      input.values.pilot.cni.provider === 'multus'
        ? go`appendMultusNetwork ${annotation(network)} "default/istio-cni"`
        : undefined,
    'sidecar.istio.io/interceptionMode': interceptionMode,
    [`${prefix}includeOutboundIPRanges`]: when(outboundRanges.include, outboundRanges.include),
    [`${prefix}excludeOutboundIPRanges`]: when(outboundRanges.exclude, outboundRanges.exclude),
    [`${prefix}includeInboundPorts`]: inboundPorts.include,
    [`${prefix}excludeInboundPorts`]: inboundPorts.exclude,
    [`${prefix}includeOutboundPorts`]: when(outboundPorts.include.isGiven, outboundPorts.include.value),
    [`${prefix}excludeOutboundPorts`]: when(outboundPorts.exclude.isGiven, outboundPorts.exclude.value),
    ...Object.fromEntries(interfaces),
  };
}

/** The traffic to capture. Annotations of the pod override the values. */
function capture(input: InjectionInput) {
  const { proxy } = input.values.global;
  const list = (name: string, otherwise: string) => annotation(`${prefix}${name}`, otherwise);
  const optional = (name: string, otherwise: string): { isGiven: Condition; value: Expression } => ({
    isGiven: any(isAnnotated(`${prefix}${name}`), isSet(otherwise)),
    value: list(name, otherwise),
  });
  return {
    outboundRanges: {
      include: list('includeOutboundIPRanges', proxy.includeIPRanges),
      exclude: list('excludeOutboundIPRanges', proxy.excludeIPRanges),
    },
    inboundPorts: {
      include: list('includeInboundPorts', proxy.includeInboundPorts),
      exclude: go`excludeInboundPort ${statusPort(input)} ${list('excludeInboundPorts', proxy.excludeInboundPorts)}`,
    },
    outboundPorts: {
      include: optional('includeOutboundPorts', proxy.includeOutboundPorts),
      exclude: optional('excludeOutboundPorts', proxy.excludeOutboundPorts),
    },
  };
}
