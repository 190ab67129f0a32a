import type { ControlPlaneInput } from '../control-plane-input';
import { cpuLimit, type EnvironmentVariable, fieldOfPod, variable, variables } from '../environment-variable';

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
