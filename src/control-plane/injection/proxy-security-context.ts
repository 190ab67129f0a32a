import { given } from '../given';
import { any, go, variable } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, isTproxy, proxyGroup, proxyUser } from './pod';
import { choose, type Template, type TemplateMap, when, yaml } from './template';

/**
 * What a sidecar may do: nothing that needs privileges, unless it intercepts traffic transparently, binds
 * to low ports, or traces what iptables does.
 */
export function sidecarSecurityContext({ values }: InjectionInput): Template {
  const { privileged, capNetBindService, seccompProfile } = values.global.proxy;
  const tracesIptables = go`eq (index .ProxyConfig.ProxyMetadata "IPTABLES_TRACE_LOGGING") "true"`;
  const bindsLowPorts = variable(
    '$bindsLowPorts',
    go`eq ${annotation('sidecar.istio.io/capNetBindService', capNetBindService ?? false)} "true"`,
  );
  const isRoot = any(isTproxy, bindsLowPorts);
  const common: TemplateMap = {
    readOnlyRootFilesystem: true,
    seccompProfile: given(seccompProfile) as TemplateMap | undefined,
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
