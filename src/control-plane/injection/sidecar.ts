import { isSet } from '../../kubernetes/object';
import { all, any, go, goText, not } from './expression';
import { initContainer, sidecarSecurityContext } from './init-container';
import type { InjectionInput } from './injection-input';
import {
  canonicalName,
  canonicalRevision,
  interceptionMode,
  isNativeSidecar,
  label,
  podAnnotations,
} from './pod';
import {
  agentArguments,
  imagePullPolicy,
  imagePullSecrets,
  proxyImage,
  proxyResources,
  sidecarReadinessProbe,
  sidecarStartupProbe,
  statusPort,
} from './proxy-container';
import { sidecarEnvironment, sidecarVolumeMounts, sidecarVolumes } from './sidecar-pod';
import { choose, shared, type Template, type TemplateMap, when } from './template';
import { captureAnnotations } from './traffic-capture';

/** The template `sidecar`, the default for pods of the mesh. */
export function sidecar(input: InjectionInput): TemplateMap {
  const intercepts = go`ne ${interceptionMode} "NONE"`;
  const proxy = shared('istio-proxy', proxyContainer(input));
  return {
    metadata: { labels: labels(input), annotations: annotations(input) },
    spec: {
      initContainers: [when(intercepts, initContainer(input)), when(isNativeSidecar, proxy)],
      containers: [when(not(isNativeSidecar), proxy)],
      volumes: sidecarVolumes(input),
      imagePullSecrets: imagePullSecrets(input),
    },
  };
}

function labels({ release }: InjectionInput): TemplateMap {
  const hbone = go`eq (index .ProxyConfig.ProxyMetadata "ISTIO_META_ENABLE_HBONE") "true"`;
  const tunnel = 'networking.istio.io/tunnel';
  return {
    'security.istio.io/tlsMode': go`${label('security.istio.io/tlsMode')} | default "istio"`,
    [tunnel]: when(hbone, go`${label(tunnel)} | default "http"`),
    // A label value has at most 63 characters, and must start and end with a letter or a digit.
    'service.istio.io/canonical-name': release.canonicalNameTrimmedAtBothEnds
      ? go`${canonicalName} | trunc 63 | trimAll "-_."`
      : go`${canonicalName} | trunc 63 | trimSuffix "-"`,
    'service.istio.io/canonical-revision': canonicalRevision,
  };
}

function annotations(input: InjectionInput): TemplateMap {
  return { ...podAnnotations, ...(input.values.pilot.cni.enabled ? captureAnnotations(input) : {}) };
}

function proxyContainer(input: InjectionInput): TemplateMap {
  const { proxy } = input.values.global;
  return {
    name: 'istio-proxy',
    image: proxyImage(proxy.image),
    restartPolicy: when(isNativeSidecar, 'Always'),
    ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
    args: [
      ...agentArguments(input, 'sidecar'),
      proxy.outlierLogPath ? `--outlierLogPath=${proxy.outlierLogPath}` : undefined,
    ],
    lifecycle: lifecycle(input),
    env: sidecarEnvironment(input),
    imagePullPolicy: imagePullPolicy(input),
    startupProbe: sidecarStartupProbe(input),
    readinessProbe: sidecarReadinessProbe(input, 15021),
    securityContext: sidecarSecurityContext(input),
    resources: proxyResources(input),
    volumeMounts: sidecarVolumeMounts(input),
  };
}

/**
 * A regular sidecar can delay the start of the containers after it. A native sidecar starts before them
 * anyway. When the pod terminates, it drains while the application still runs.
 */
function lifecycle(input: InjectionInput): Template {
  const { lifecycle: custom, holdApplicationUntilProxyStarts } = input.values.global.proxy;
  const holds = all(
    any(go`.ProxyConfig.HoldApplicationUntilProxyStarts.GetValue`, isSet(holdApplicationUntilProxyStarts)),
    not(isNativeSidecar),
  );
  const drain = ['pilot-agent', 'request', goText`--debug-port=${statusPort(input)}`, 'POST', 'drain'];
  if (isSet(custom)) return custom as TemplateMap;
  return choose(
    holds,
    { postStart: { exec: { command: ['pilot-agent', 'wait'] } } },
    when(isNativeSidecar, { preStop: { exec: { command: drain } } }),
  );
}
