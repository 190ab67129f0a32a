import { ifSet } from '../../kubernetes/object';
import { any, type Expression, go, templateVariable } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, isAnnotated, isTproxy, proxyGroup, proxyUser } from './pod';
import { agentLogLevel, imagePullPolicy, proxyImage, proxyResources } from './proxy-container';
import { proxyMetadataEnvironment } from './proxy-environment';
import { choose, type Template, type TemplateMap, when, yaml } from './template';
import { captureArguments } from './traffic-capture';

/**
 * The init container redirects the pod's traffic to the proxy. If the CNI plugin does that, the container
 * validates the redirection instead.
 */
export function initContainer(input: InjectionInput): TemplateMap {
  const { global, pilot } = input.values;
  const { cni } = pilot;
  return {
    name: cni.enabled ? 'istio-validation' : 'istio-init',
    image: proxyImage(
      global.proxy_init.image,
      input.release.initImageOfItsOwn ? initImage(input) : go`.ProxyImage`,
    ),
    args: [
      'istio-iptables',
      ...captureArguments(input),
      agentLogLevel(input),
      global.logAsJson ? '--log_as_json' : undefined,
      ...(cni.enabled ? ['--run-validation', '--skip-rule-apply'] : []),
      !cni.enabled && global.proxy_init.forceApplyIptables ? '--force-apply' : undefined,
      global.nativeNftables ? '--native-nftables' : undefined,
    ],
    imagePullPolicy: imagePullPolicy(input),
    env: [proxyMetadataEnvironment],
    resources: proxyResources(input),
    securityContext: {
      allowPrivilegeEscalation: global.proxy.privileged,
      privileged: global.proxy.privileged,
      ...(cni.enabled ? validating : settingUp),
      seccompProfile: ifSet(global.proxy.seccompProfile) as TemplateMap | undefined,
    },
  };
}

/**
 * The image of the init container: what istiod 1.31 has as .ProxyInitImage. While it is upgraded, an older istiod reads
 * these templates, and would refuse every pod because of a field that it does not have.
 */
function initImage({ values: { global } }: InjectionInput): Expression {
  const name = global.proxy_init.image || 'proxyv2';
  const image = `${global.hub}/${name}:${global.tag}`;
  const withoutVariant = image.replace(/-(distroless|debug)$/, '');
  const variants: Readonly<Record<string, string>> = { '': image, default: withoutVariant };
  const ofMesh = variants[global.variant] ?? `${withoutVariant}-${global.variant}`;
  const variant = annotation('sidecar.istio.io/proxyImageType');
  const named = go`ternary ${withoutVariant} (printf "%s-%s" ${withoutVariant} ${variant}) (eq ${variant} "default")`;
  const ofPod = go`ternary ${image} ${named} (eq ${variant} "")`;
  return go`ternary ${ofPod} ${ofMesh} ${isAnnotated('sidecar.istio.io/proxyImageType')}`;
}

const settingUp: TemplateMap = {
  capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] },
  readOnlyRootFilesystem: false,
  runAsGroup: 0,
  runAsNonRoot: false,
  runAsUser: 0,
};

const validating: TemplateMap = {
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: choose(isTproxy, 1337, yaml(proxyGroup)),
  runAsUser: choose(isTproxy, 1337, yaml(proxyUser)),
  runAsNonRoot: true,
};

/**
 * A sidecar runs unprivileged, unless it intercepts traffic with TPROXY, binds to low ports, or traces
 * iptables.
 */
export function sidecarSecurityContext({ values }: InjectionInput): Template {
  const { privileged, capNetBindService, seccompProfile } = values.global.proxy;
  const tracesIptables = go`eq (index .ProxyConfig.ProxyMetadata "IPTABLES_TRACE_LOGGING") "true"`;
  const bindsLowPorts = templateVariable(
    '$bindsLowPorts',
    go`eq ${annotation('sidecar.istio.io/capNetBindService', capNetBindService ?? false)} "true"`,
  );
  const isRoot = any(isTproxy, bindsLowPorts);
  const common: TemplateMap = {
    readOnlyRootFilesystem: true,
    seccompProfile: ifSet(seccompProfile) as TemplateMap | undefined,
  };
  return choose(
    tracesIptables,
    {
      ...common,
      allowPrivilegeEscalation: true,
      capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
      privileged: true,
      runAsGroup: yaml(proxyGroup),
      runAsNonRoot: false,
      runAsUser: 0,
    },
    {
      ...common,
      allowPrivilegeEscalation: privileged,
      capabilities: {
        add: [when(isTproxy, 'NET_ADMIN'), when(bindsLowPorts, 'NET_BIND_SERVICE')],
        drop: ['ALL'],
      },
      privileged,
      runAsGroup: choose(isRoot, 1337, yaml(proxyGroup)),
      runAsNonRoot: choose(isRoot, false, true),
      runAsUser: choose(isRoot, 0, yaml(proxyUser)),
    },
  );
}
