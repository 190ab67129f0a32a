import { all, go, goText, templateVariable } from './expression';
import type { InjectionInput } from './injection-input';
import { appContainers } from './pod';
import { type Conditional, each, type Template, type TemplateList, type TemplateMap, when } from './template';

/** A variable of a container's environment. */
export function env(name: string, value: Template): TemplateMap {
  return { name, value };
}

/** A variable with the value of a field of the pod. */
export function fieldEnv(name: string, fieldPath: string): TemplateMap {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** A variable with a resource limit of the container. */
export function limitEnv(name: string, limit: 'cpu' | 'memory'): TemplateMap {
  return { name, valueFrom: { resourceFieldRef: { resource: `limits.${limit}`, divisor: '1' } } };
}

/** The agent must probe the application at the address to which the proxy forwards traffic. */
export const localhostProbesEnvironment: Conditional = when(
  go`eq .InboundTrafficPolicyMode "localhost"`,
  env('REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION', 'true'),
);

/** The host name of the istiod of the revision. */
export function istiodHost({ values }: InjectionInput): string {
  const service = values.revision === '' ? 'istiod' : `istiod-${values.revision}`;
  return `${service}.${values.global.istioNamespace}.svc`;
}

/** The address of the CA that signs the proxies' certificates. The default is istiod. */
export function certificateAuthority(input: InjectionInput): string {
  return input.values.global.caAddress || `${istiodHost(input)}:15012`;
}

/** The settings and pod metadata with which the agent requests its certificate. */
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

/** The proxy configuration of the mesh, with the overrides of the pod. */
export const proxyConfigEnvironment: TemplateMap = env(
  'PROXY_CONFIG',
  goText`${go`protoToJSON .ProxyConfig`}\n`,
);

/** The ports of the containers as JSON, one per line. */
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

/** Sets the memory limit and the number of CPUs of the Go runtime. */
export const goRuntimeEnvironment: TemplateList = [
  limitEnv('GOMEMLIMIT', 'memory'),
  limitEnv('GOMAXPROCS', 'cpu'),
];

/** Restricts the cryptography of all proxies if a compliance policy such as FIPS is set. */
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

/** The ID of the mesh and its trust domain, which is also the default of the ID. */
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

/** Variables that the pod or the mesh sets for the agent. */
export const proxyMetadataEnvironment = each(go`.ProxyConfig.ProxyMetadata`, (name, value) => [
  { name, value },
]);
