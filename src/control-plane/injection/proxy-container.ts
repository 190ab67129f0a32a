import { isGiven } from '../given';
import { type Expression, go, text } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation } from './pod';
import type { Template, TemplateList } from './template';

/**
 * The image of an injected container.
 *
 * @param configured the image in the values: a name, or a whole reference, which has a slash
 * @param otherwise the image that istiod makes of the mesh's hub and tag
 * @param annotationName the annotation by which a pod chooses another
 */
export function proxyImage(
  configured: string,
  otherwise = go`.ProxyImage`,
  annotationName = 'sidecar.istio.io/proxyImage',
): Expression {
  const image = annotation(annotationName, configured);
  return go`ternary ${image} ${otherwise} (contains "/" ${image})`;
}

/** When images are pulled; undefined leaves it to Kubernetes. */
export function imagePullPolicy({ values }: InjectionInput): string | undefined {
  return values.global.imagePullPolicy || undefined;
}

/** What the pod pulls images with; undefined leaves that to its service account. */
export function imagePullSecrets({ values }: InjectionInput): TemplateList | undefined {
  const { imagePullSecrets } = values.global;
  return isGiven(imagePullSecrets) ? imagePullSecrets.map((name) => ({ name })) : undefined;
}

/** What is logged of all that is not Envoy. */
export function agentLogLevel({ values }: InjectionInput): Template {
  return text`--log_output_level=${annotation('sidecar.istio.io/agentLogLevel', values.global.logging.level)}`;
}

/** The arguments of the agent that starts Envoy, as a sidecar or as a router. */
export function agentArguments(input: InjectionInput, role: 'sidecar' | 'router'): TemplateList {
  const { proxy, sts, logAsJson } = input.values.global;
  return [
    ...['proxy', role, '--domain', `$(POD_NAMESPACE).svc.${proxy.clusterDomain}`],
    text`--proxyLogLevel=${annotation('sidecar.istio.io/logLevel', proxy.logLevel)}`,
    text`--proxyComponentLogLevel=${annotation('sidecar.istio.io/componentLogLevel', proxy.componentLogLevel)}`,
    agentLogLevel(input),
    sts.servicePort ? `--stsPort=${sts.servicePort}` : undefined,
    logAsJson ? '--log_as_json' : undefined,
  ];
}
