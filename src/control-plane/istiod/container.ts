import {
  cpuLimit,
  distinct,
  type EnvironmentVariable,
  environmentVariable,
  environmentVariables,
  fieldOfPod,
  resources,
  volumesAndMounts,
} from '../../kubernetes/container';
import { ifSet } from '../../kubernetes/object';
import { imageReference } from '../image';
import type { ControlPlaneInput } from '../input';
import { mountOrder, volumes } from './volumes';

/** The container of istiod's pod. */
export function container(input: ControlPlaneInput) {
  const { release, values } = input;
  const { global, pilot } = values;
  return {
    name: 'discovery',
    image: istiodImage(input),
    imagePullPolicy: ifSet(global.imagePullPolicy),
    terminationMessagePolicy: release.terminationMessagePolicy
      ? ifSet(pilot.terminationMessagePolicy)
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
    resources: resources(ifSet(pilot.resources) ?? global.defaultResources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: ifSet(pilot.seccompProfile),
    },
    volumeMounts: [...volumesAndMounts(volumes(input), mountOrder).volumeMounts, ...pilot.volumeMounts],
  };
}

/** The image of istiod. */
export function istiodImage({ values: { global, pilot } }: ControlPlaneInput): string {
  return imageReference(pilot.image || 'pilot', {
    hub: pilot.hub || global.hub,
    tag: pilot.tag || global.tag,
    variant: pilot.variant || global.variant,
  });
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

/** The environment of istiod: metadata of its pod, and `pilot.env` with the variables that follow from it. */
function environment(input: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { global, pilot, platform } = input.values;
  return [
    environmentVariable('REVISION', input.revision),
    environmentVariable('PILOT_CERT_PROVIDER', global.pilotCertProvider),
    fieldOfPod('POD_NAME', 'metadata.name'),
    fieldOfPod('POD_NAMESPACE', 'metadata.namespace'),
    fieldOfPod('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
    environmentVariable('KUBECONFIG', '/var/run/secrets/remote/config'),
    ...trustedNodeAccounts(input),
    ...environmentVariables(pilot.env),
    ...fips(input),
    ...(pilot.envVarFrom as readonly unknown[] as readonly EnvironmentVariable[]),
    ...(pilot.traceSampling ? [environmentVariable('PILOT_TRACE_SAMPLING', pilot.traceSampling)] : []),
    ...taint(input),
    ...optional('EXTERNAL_ISTIOD', pilot.env.EXTERNAL_ISTIOD ? undefined : global.externalIstiod),
    ...optional('PILOT_CA_CERT_CONFIGMAP', global.trustBundleName),
    ...optional('PILOT_CRL_CONFIGMAP', pilot.crlConfigMapName),
    environmentVariable('PILOT_ENABLE_ANALYSIS', global.istiod.enableAnalysis),
    environmentVariable('CLUSTER_ID', global.multiCluster.clusterName || 'Kubernetes'),
    cpuLimit('GOMAXPROCS'),
    environmentVariable('PLATFORM', global.platform || platform || ''),
  ];
}

/** Lets ztunnel request certificates for pods with other service accounts. */
function trustedNodeAccounts({ values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { env, trustedZtunnelName, trustedZtunnelNamespace } = values.pilot;
  if (env.CA_TRUSTED_NODE_ACCOUNTS) return [];
  const namespace = trustedZtunnelNamespace || values.global.istioNamespace;
  return [environmentVariable('CA_TRUSTED_NODE_ACCOUNTS', `${namespace}/${trustedZtunnelName || 'ztunnel'}`)];
}

function fips({ release, values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const demanded = values.pilot.env.COMPLIANCE_POLICY === 'fips-140-3';
  return release.fipsByGo && demanded ? [environmentVariable('GODEBUG', 'fips140=only')] : [];
}

function taint({ release, values }: ControlPlaneInput): readonly EnvironmentVariable[] {
  const { enabled, name } = values.pilot.taint;
  if (!release.taintEnvironment || !enabled) return [];
  return [
    environmentVariable('PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS', true),
    environmentVariable('PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME', name ?? ''),
  ];
}

function optional(name: string, value: string | boolean | undefined): readonly EnvironmentVariable[] {
  return value ? [environmentVariable(name, value)] : [];
}
