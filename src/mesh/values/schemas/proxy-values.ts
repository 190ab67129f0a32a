import { z } from 'zod';
import { imageVariants } from '../image-values';
import {
  autoInjects,
  type ProxyInitValues,
  type ProxyValues,
  proxyLogLevels,
  type StartupProbeValues,
  tracers,
} from '../proxy-values';
import { resources } from './kubernetes-values';
import { mapOf } from './maps';
import { anyMap, count, flag, port, text } from './scalars';

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
    seccompProfile: anyMap,
    lifecycle: anyMap,
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
