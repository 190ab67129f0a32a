import type { MeshDefinition } from './definition';
import type { ExternalSecretsDefinition } from './external-secrets-definition';
import type { ClusterSecrets } from './mesh';
import type { SecretsDefinition } from './secrets-definition';

/** Fills in how the Secrets of a cluster are written: what it says itself, else what the mesh says. */
export function completeSecrets(
  { meshID, secrets: mesh = {} }: Pick<MeshDefinition, 'meshID' | 'secrets'>,
  cluster: SecretsDefinition | undefined,
  clusterName: string,
): ClusterSecrets {
  const own = cluster ?? {};
  const form = own.form ?? mesh.form ?? 'plain';
  // A form that the cluster chooses for both is not half undone by what the mesh says of one.
  const remote = own.remoteSecrets ?? own.form ?? mesh.remoteSecrets ?? mesh.form ?? 'plain';
  const sealed = { ...mesh.sealedSecrets, ...own.sealedSecrets };
  const controller = { ...mesh.sealedSecrets?.controller, ...own.sealedSecrets?.controller };
  const external = own.externalSecrets ?? mesh.externalSecrets;
  return {
    cacerts: form,
    // A definition that has been checked never comes to this; one that is being checked may.
    remoteSecrets: remote === 'cert-manager' ? (mesh.remoteSecrets ?? 'plain') : remote,
    sealedSecrets: {
      certificate: sealed.certificate ?? `sealing-certificates/${clusterName}.pem`,
      scope: sealed.scope ?? 'strict',
      controller: { name: 'sealed-secrets-controller', namespace: 'kube-system', ...controller },
    },
    sops: { age: own.sops?.age ?? mesh.sops?.age ?? [] },
    ...(external === undefined ? {} : { externalSecrets: completeExternal(external, meshID) }),
    certManager: completeCertManager({ ...mesh.certManager, ...own.certManager }),
  };
}

function completeExternal(
  { store, path, separator, refreshInterval }: ExternalSecretsDefinition,
  meshID: string,
): NonNullable<ClusterSecrets['externalSecrets']> {
  return {
    store: { kind: 'ClusterSecretStore', ...store },
    path: path ?? meshID,
    separator: separator ?? '/',
    refreshInterval: refreshInterval ?? '1h',
  };
}

function completeCertManager({
  issuer,
  ...given
}: NonNullable<SecretsDefinition['certManager']>): ClusterSecrets['certManager'] {
  return {
    duration: '2160h',
    renewBefore: '720h',
    istioCsr: 'disabled',
    ...given,
    ...(issuer && { issuer: { kind: 'ClusterIssuer', group: 'cert-manager.io', ...issuer } }),
  };
}
