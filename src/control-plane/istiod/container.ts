import {
  cpuLimit,
  distinct,
  type EnvironmentVariable,
  fieldOfPod,
  resources,
  variable,
  variables,
  volumesAndMounts,
} from '../../kubernetes/container';
import { given } from '../../kubernetes/object';
import type { ControlPlaneInput } from '../input';
import { volumes } from './volumes';

/** The container of istiod's pod. */
export function container(input: ControlPlaneInput) {
  const { release, values } = input;
  const { global, pilot } = values;
  return {
    name: 'discovery',
    image: image(input),
    imagePullPolicy: given(global.imagePullPolicy),
    terminationMessagePolicy: release.terminationMessagePolicy
      ? given(pilot.terminationMessagePolicy)
      : undefined,
    args: args(input),
    ports,
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: distinct(environment(input)),
    resources: resources(given(pilot.resources) ?? global.defaultResources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: given(pilot.seccompProfile),
    },
    volumeMounts: [...volumesAndMounts(volumes(input)).volumeMounts, ...pilot.volumeMounts],
  };
}

function image({ values: { global, pilot } }: ControlPlaneInput): string {
  if (pilot.image.includes('/')) return pilot.image;
  const variant = pilot.variant || global.variant;
  const tag = pilot.tag || global.tag;
  return `${pilot.hub || global.hub}/${pilot.image || 'pilot'}:${tag}${variant ? `-${variant}` : ''}`;
}

function args({ values: { global, pilot } }: ControlPlaneInput) {
  return [
    'discovery',
    '--monitoringAddr=:15014',
    ...(global.logging.level ? [`--log_output_level=${global.logging.level}`] : []),
    ...(global.logAsJson ? ['--log_as_json'] : []),
    '--domain',
    global.proxy.clusterDomain,
    ...(pilot.taint.namespace ? [`--cniNamespace=${pilot.taint.namespace}`] : []),
    '--keepaliveMaxServerConnectionAge',
    pilot.keepaliveMaxServerConnectionAge,
    ...pilot.extraContainerArgs,
  ];
}

const ports = [
  { containerPort: 8080, protocol: 'TCP', name: 'http-debug' },
  { containerPort: 15010, protocol: 'TCP', name: 'grpc-xds' },
  { containerPort: 15012, protocol: 'TCP', name: 'tls-xds' },
  { containerPort: 15017, protocol: 'TCP', name: 'https-webhooks' },
  { containerPort: 15014, protocol: 'TCP', name: 'http-monitoring' },
];

/** The environment of istiod: what it is told about itself, and `pilot.env` with what it implies. */
export function environment(input: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { global, pilot, platform } = input.values;
  return [
    variable('REVISION', input.revision),
    variable('PILOT_CERT_PROVIDER', global.pilotCertProvider),
    fieldOfPod('POD_NAME', 'metadata.name'),
    fieldOfPod('POD_NAMESPACE', 'metadata.namespace'),
    fieldOfPod('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    variable('KUBECONFIG', '/var/run/secrets/remote/config'),
    ...trustedNodeAccounts(input),
    ...variables(pilot.env),
    ...fips(input),
    ...(pilot.envVarFrom as readonly unknown[] as readonly EnvironmentVariable[]),
    ...(pilot.traceSampling ? [variable('PILOT_TRACE_SAMPLING', pilot.traceSampling)] : []),
    ...taint(input),
    ...optional('EXTERNAL_ISTIOD', pilot.env.EXTERNAL_ISTIOD ? undefined : global.externalIstiod),
    ...optional('PILOT_CA_CERT_CONFIGMAP', global.trustBundleName),
    ...optional('PILOT_CRL_CONFIGMAP', pilot.crlConfigMapName),
    variable('PILOT_ENABLE_ANALYSIS', global.istiod.enableAnalysis),
    variable('CLUSTER_ID', global.multiCluster.clusterName || 'Kubernetes'),
    cpuLimit('GOMAXPROCS'),
    variable('PLATFORM', global.platform || platform || ''),
  ];
}

/** Whose requests for certificates istiod takes although they are for pods of other accounts: ztunnel's. */
function trustedNodeAccounts({ values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { env, trustedZtunnelName, trustedZtunnelNamespace } = values.pilot;
  if (env.CA_TRUSTED_NODE_ACCOUNTS) return [];
  const namespace = trustedZtunnelNamespace || values.global.istioNamespace;
  return [variable('CA_TRUSTED_NODE_ACCOUNTS', `${namespace}/${trustedZtunnelName || 'ztunnel'}`)];
}

function fips({ release, values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const demanded = values.pilot.env.COMPLIANCE_POLICY === 'fips-140-3';
  return release.fipsByGo && demanded ? [variable('GODEBUG', 'fips140=only')] : [];
}

function taint({ release, values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { enabled, name } = values.pilot.taint;
  if (!release.taintEnvironment || !enabled) return [];
  return [
    variable('PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS', true),
    variable('PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME', name ?? ''),
  ];
}

function optional(name: string, value: string | boolean | undefined): readonly EnvironmentVariable[] {
  return value ? [variable(name, value)] : [];
}
