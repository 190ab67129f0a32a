import { all, go, goText, templateVariable } from './expression';
import type { InjectionInput } from './injector-config';
import { appContainers } from './pod';
import { type Conditional, each, type Template, type TemplateList, type TemplateMap, when } from './template';

/** A variable of a container's environment. */
export function env(name: string, value: Template): TemplateMap {
  return { name, value };
}

/** A variable with what Kubernetes knows of the pod. */
export function fieldEnv(name: string, fieldPath: string): TemplateMap {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** A variable with a limit of the container's resources. */
export function limitEnv(name: string, limit: 'cpu' | 'memory'): TemplateMap {
  return { name, valueFrom: { resourceFieldRef: { resource: `limits.${limit}`, divisor: '1' } } };
}

/** Has the agent probe the application where the mesh's traffic gets to it. */
export const localhostProbesEnvironment: Conditional = when(
  go`eq .InboundTrafficPolicyMode "localhost"`,
  env('REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION', 'true'),
);

/** The host of the revision's istiod. */
export function istiodHost({ values }: InjectionInput): string {
  const service = values.revision === '' ? 'istiod' : `istiod-${values.revision}`;
  return `${service}.${values.global.istioNamespace}.svc`;
}

/** Who signs the proxies' certificates: istiod, unless the values name another. */
export function certificateAuthority(input: InjectionInput): string {
  return input.values.global.caAddress || `${istiodHost(input)}:15012`;
}

/** The settings and the facts about the pod with which the agent requests its certificate. */
export function certificateEnvironment(input: InjectionInput): TemplateList {
  return [
    env('PILOT_CERT_PROVIDER', input.values.global.pilotCertProvider),
    env('CA_ADDR', certificateAuthority(input)),
    fieldEnv('POD_NAME', 'metadata.name'),
    fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
    fieldEnv('INSTANCE_IP', 'status.podIP'),
    fieldEnv('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    fieldEnv('HOST_IP', 'status.hostIP'),
  ];
}

/** The mesh's proxy configuration with the pod's changes. */
export const proxyConfigEnvironment: TemplateMap = env(
  'PROXY_CONFIG',
  goText`${go`protoToJSON .ProxyConfig`}\n`,
);

/** The ports of the containers, each as JSON on a line of its own. */
const podPorts = templateVariable(
  '$podPorts',
  go`""`,
  '{{ range .Spec.Containers }}{{ range .Ports }}' +
    '{{ $podPorts = printf "%s\\n    %s%s" $podPorts (and $podPorts ",") (structToJSON .) }}' +
    '{{ end }}{{ end }}',
);

export const podPortsEnvironment: TemplateMap = env('ISTIO_META_POD_PORTS', goText`[${podPorts}\n]`);

export const appContainersEnvironment: TemplateMap = env(
  'ISTIO_META_APP_CONTAINERS',
  go`${appContainers} | join ","`,
);

/** What tells the Go runtime how much it may use. */
export const goRuntimeEnvironment: TemplateList = [
  limitEnv('GOMEMLIMIT', 'memory'),
  limitEnv('GOMAXPROCS', 'cpu'),
];

/** The cryptography that a policy such as FIPS demands of all proxies. */
export function complianceEnvironment({ release }: InjectionInput): TemplateList {
  return [
    when(go`.CompliancePolicy`, env('COMPLIANCE_POLICY', go`.CompliancePolicy`)),
    when(all(release.fipsByGo, go`eq .CompliancePolicy "fips-140-3"`), env('GODEBUG', 'fips140=only')),
  ];
}

/** The workload that the pod belongs to. */
export const ownerEnvironment: Conditional = when(
  go`and .TypeMeta.APIVersion .DeploymentMeta.Name`,
  env(
    'ISTIO_META_OWNER',
    goText`kubernetes://apis/${go`.TypeMeta.APIVersion`}/namespaces/${go`.DeploymentMeta.Namespace | default "default"`}/${go`lower .TypeMeta.Kind`}s/${go`.DeploymentMeta.Name`}`,
  ),
);

export const trustDomain = go`.MeshConfig.TrustDomain`;

/** The mesh that the proxy belongs to; without an ID it is known by its trust domain. */
export function meshEnvironment({ values }: InjectionInput): TemplateList {
  const { meshID } = values.global;
  return [
    meshID ? env('ISTIO_META_MESH_ID', meshID) : undefined,
    when(
      trustDomain,
      meshID ? undefined : env('ISTIO_META_MESH_ID', trustDomain),
      env('TRUST_DOMAIN', trustDomain),
    ),
  ];
}

/** What the pod or the mesh hands to the agent as it is. */
export const proxyMetadataEnvironment = each(go`.ProxyConfig.ProxyMetadata`, (name, value) => [
  { name, value },
]);
