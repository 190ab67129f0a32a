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
import { checked, count, flag, mapOf, port, resources, text, tolerations } from './common';

/** The shape of Istio's `global.proxy` values. */
export function proxyValues() {
  return mapOf<ProxyValues>({
    image: text,
    variant: z.enum(imageVariants),
    autoInject: z.enum(autoInjects),
    clusterDomain: text,
    logLevel: z.enum(proxyLogLevels),
    componentLogLevel: text,
    outlierLogPath: text,
    includeIPRanges: text,
    excludeIPRanges: text,
    includeInboundPorts: text,
    excludeInboundPorts: text,
    includeOutboundPorts: text,
    excludeOutboundPorts: text,
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
  return mapOf<ProxyInitValues>({ image: text, forceApplyIptables: flag });
}

/** The shape of Istio's `global.tracer` values. */
export function tracerValues() {
  const address = mapOf<TracerAddressValues>({ address: text });
  return mapOf<TracerValues>({
    zipkin: address,
    datadog: address,
    lightstep: mapOf<LightstepValues>({ address: text, accessToken: text }),
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
