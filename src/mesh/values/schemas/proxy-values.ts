import { z } from 'zod';
import { labels } from '../../kubernetes/names';
import { lifecycle } from '../../kubernetes/probe';
import { affinity, topologySpreadConstraint } from '../../kubernetes/scheduling';
import { profile } from '../../kubernetes/security-context';
import { imageVariants } from '../kubernetes-values';
import {
  autoInjects,
  type ProxyInitValues,
  type ProxyValues,
  proxyLogLevels,
  type StartupProbeValues,
  tracers,
  type WaypointValues,
} from '../proxy-values';
import type {
  LightstepValues,
  StackdriverTracerValues,
  TracerAddressValues,
  TracerValues,
} from '../telemetry-values';
import { optionalHostAndPort, optionalHostAndPortOnNode } from './addresses';
import { checked, count, flag, image, mapOf, needed, port, resources, text, tolerations } from './common';
import { envoyLogLevels, ipRanges, ipRangesOrAll, portList, portListOrAll } from './proxy-arguments';

/** The shape of Istio's `global.proxy` values. */
export function proxyValues() {
  return mapOf<ProxyValues>({
    image: needed(image),
    variant: z.enum(imageVariants),
    autoInject: z.enum(autoInjects),
    clusterDomain: needed(text),
    logLevel: z.enum(proxyLogLevels),
    componentLogLevel: envoyLogLevels,
    outlierLogPath: text,
    includeIPRanges: ipRangesOrAll,
    excludeIPRanges: ipRanges,
    includeInboundPorts: portListOrAll,
    excludeInboundPorts: portList,
    includeOutboundPorts: portList,
    excludeOutboundPorts: portList,
    resources,
    privileged: flag,
    capNetBindService: flag,
    seccompProfile: checked(profile),
    lifecycle: checked(lifecycle),
    holdApplicationUntilProxyStarts: flag,
    statusPort: port,
    readinessInitialDelaySeconds: count,
    readinessPeriodSeconds: count,
    readinessFailureThreshold: count,
    startupProbe: mapOf<StartupProbeValues>({ enabled: flag, failureThreshold: count }),
    tracer: z.enum(tracers),
  });
}

/** The shape of Istio's `global.proxy_init` values. */
export function proxyInitValues() {
  return mapOf<ProxyInitValues>({ image, forceApplyIptables: flag });
}

/** The shape of Istio's `global.tracer` values. */
export function tracerValues() {
  const zipkin = optionalHostAndPort('zipkin.istio-system:9411');
  const datadog = optionalHostAndPortOnNode('$(HOST_IP):8126');
  const lightstep = optionalHostAndPort('lightstep.istio-system:9080');
  return mapOf<TracerValues>({
    zipkin: mapOf<TracerAddressValues>({ address: zipkin }),
    datadog: mapOf<TracerAddressValues>({ address: datadog }),
    lightstep: mapOf<LightstepValues>({ address: lightstep, accessToken: text }),
    stackdriver: mapOf<StackdriverTracerValues>({
      debug: flag,
      maxNumberOfAttributes: count,
      maxNumberOfAnnotations: count,
      maxNumberOfMessageEvents: count,
    }),
  });
}

/** The shape of Istio's `global.waypoint` values. */
export function waypointValues() {
  return mapOf<WaypointValues>({
    resources,
    affinity: checked(affinity),
    topologySpreadConstraints: z.array(checked(topologySpreadConstraint)),
    nodeSelector: checked(() => labels),
    tolerations,
  });
}
