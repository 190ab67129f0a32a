import { environmentVariable } from '../../kubernetes/container';
import { defaultRevision } from '../../mesh/istio-names';
import { imageReference } from '../image';
import type { ControlPlaneInput } from '../input';
import type { PodTemplate } from './gateway';
import { type GatewayPod, podTemplate } from './pod-template';
import { proxyEnvironment } from './proxy-environment';
import { proxyMountOrder, proxyVolumes } from './proxy-volumes';

/** The pods of a gateway without injection. The template contains the complete proxy. */
export function proxyPod(pod: GatewayPod, input: ControlPlaneInput): PodTemplate {
  const labels = { 'istio.io/rev': input.revision, 'sidecar.istio.io/inject': 'false' };
  return podTemplate(
    { ...pod, volumes: [...proxyVolumes(input, pod), ...pod.volumes], mountOrder: proxyMountOrder },
    { labels: { ...labels, ...outsideAmbient }, annotations: labels },
    {
      image: image(input, pod.imageTag),
      args: args(input),
      readinessProbe: {
        failureThreshold: 30,
        httpGet: { path: '/healthz/ready', port: 15021, scheme: 'HTTP' },
        initialDelaySeconds: 1,
        periodSeconds: 2,
        successThreshold: 1,
        timeoutSeconds: 1,
      },
      environment: proxyEnvironment(pod, input),
    },
  );
}

/** Keeps ztunnel from redirecting the traffic of a proxy. */
export const outsideAmbient = { 'istio.io/dataplane-mode': 'none' };

function image({ values: { global } }: ControlPlaneInput, tag = global.tag): string {
  const { hub, proxy } = global;
  return imageReference(proxy.image || 'proxyv2', { hub, tag, variant: proxy.variant || global.variant });
}

function args({ values: { global } }: ControlPlaneInput): readonly string[] {
  const { proxy, logging, logAsJson, sts } = global;
  return [
    'proxy',
    'router',
    '--domain',
    `$(POD_NAMESPACE).svc.${proxy.clusterDomain}`,
    ...(proxy.logLevel ? [`--proxyLogLevel=${proxy.logLevel}`] : []),
    ...(proxy.componentLogLevel ? [`--proxyComponentLogLevel=${proxy.componentLogLevel}`] : []),
    ...(logging.level ? [`--log_output_level=${logging.level}`] : []),
    ...(logAsJson ? ['--log_as_json'] : []),
    ...(sts.servicePort ? [`--stsPort=${sts.servicePort}`] : []),
  ];
}

/**
 * The pods of a gateway whose proxy istiod injects. With `image: auto`, an injection template adds the proxy,
 * its mounts and its environment.
 *
 * @param template the name of the injection template, such as `gateway`
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export function injectedPod(pod: GatewayPod, template: string): PodTemplate {
  const { revision, user, environment, componentEnvironment = [] } = pod;
  return podTemplate(
    pod,
    {
      labels: {
        'sidecar.istio.io/inject': 'true',
        ...(revision === defaultRevision ? {} : { 'istio.io/rev': revision }),
      },
      annotations: { 'sidecar.istio.io/inject': 'true', 'inject.istio.io/templates': template },
    },
    {
      image: 'auto',
      environment: [
        ...componentEnvironment,
        ...(user === 'root' ? [] : [environmentVariable('ISTIO_META_UNPRIVILEGED_POD', true)]),
        ...environment,
      ],
    },
  );
}
