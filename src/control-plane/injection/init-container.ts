import { given } from '../given';
import { go } from './expression';
import type { InjectionInput } from './injection-input';
import { isTproxy, proxyGroup, proxyUser } from './pod';
import { agentLogLevel, imagePullPolicy, proxyImage } from './proxy-container';
import { proxyMetadataEnvironment } from './proxy-environment';
import { proxyResources } from './proxy-resources';
import { choose, type TemplateMap, yaml } from './template';
import { captureArguments } from './traffic-capture';

/**
 * The container that runs before the application: it sets up the capture of the pod's traffic or, where
 * the CNI plugin does that, makes sure that it was done.
 */
export function initContainer(input: InjectionInput): TemplateMap {
  const { global, pilot } = input.values;
  const { cni } = pilot;
  return {
    name: cni.enabled ? 'istio-validation' : 'istio-init',
    image: proxyImage(
      global.proxy_init.image,
      input.release.initImageOfItsOwn ? go`.ProxyInitImage` : go`.ProxyImage`,
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
      seccompProfile: given(global.proxy.seccompProfile) as TemplateMap | undefined,
    },
  };
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
