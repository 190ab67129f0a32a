import { defaultRevision } from '../../mesh/istio-names';
import { variable } from '../environment-variable';
import type { PodTemplate } from './gateway';
import { type GatewayPod, podTemplate } from './pod-template';

/**
 * The pods of a gateway whose proxy istiod injects. They name only what is the gateway's own: `image:
 * auto` leaves the proxy, its mounts and its environment to an injection template.
 *
 * @param template the name of the injection template, such as `gateway`
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export function injectedPod(pod: GatewayPod, template: string): PodTemplate {
  const { revision, user, environment } = pod;
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
        ...(user === 'root' ? [] : [variable('ISTIO_META_UNPRIVILEGED_POD', true)]),
        ...environment,
      ],
    },
  );
}
