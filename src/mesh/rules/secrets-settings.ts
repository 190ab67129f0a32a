import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { gitopsToolOf } from '../gitops';
import type { ClusterSecrets } from '../mesh';
import {
  type RemoteSecretsBackend,
  type SecretsBackend,
  type SecretsDefinition,
  secretsWithDefaults,
} from '../secrets/definition';
import type { Rule } from './clusters';

/** What is wrong with how the Secrets of one cluster are written; `at` is the key that chose it. */
type Fault = Pick<DefinitionProblem, 'message' | 'hint'> & { readonly at: keyof SecretsDefinition };

/** Every cluster's backend of Secrets has what it needs, and is one that its GitOps tool can apply. */
export const secretsSettings: Rule = (definition) => {
  const findings = definition.clusters.flatMap((cluster, index): DefinitionProblem[] => {
    const secrets = secretsWithDefaults(definition, cluster.secrets, cluster.name);
    return [
      ...faultsOfCaCerts(definition, secrets),
      ...faultsOfRemoteSecrets(definition, index, secrets),
    ].map(({ at, message, hint }) => ({
      code: 'MESH-SECRETS' as const,
      path: placeOf(definition, index, at),
      message,
      hint,
    }));
  });
  return [
    ...new Map(
      findings.map((finding) => [JSON.stringify([finding.path, finding.message]), finding]),
    ).values(),
  ];
};

function faultsOfCaCerts(definition: AnyMeshDefinition, secrets: ClusterSecrets): Fault[] {
  const { certManager, cacerts } = secrets;
  if (cacerts !== 'cert-manager') return problemsOfBackend(definition, cacerts, secrets, 'backend');
  if (certManager.istioCsr === 'enabled') return [];
  if (certManager.issuer !== undefined) return faultsOfRenewal(certManager);
  return [
    {
      at: 'backend',
      message: 'The backend cert-manager needs an issuer of the CA certificate.',
      hint: 'Write certManager: { issuer: { name: … } } beside it, or certManager: { istioCsr: enabled }.',
    },
  ];
}

/** cert-manager refuses a certificate that would be renewed before it was issued. */
function faultsOfRenewal({ duration, renewBefore }: ClusterSecrets['certManager']): Fault[] {
  if (Number.parseInt(renewBefore, 10) < Number.parseInt(duration, 10)) return [];
  return [
    {
      at: 'certManager',
      message: `renewBefore, ${renewBefore}, is not shorter than duration, ${duration}.`,
      hint: 'Write a shorter renewBefore; a third of duration is usual.',
    },
  ];
}

function faultsOfRemoteSecrets(
  definition: AnyMeshDefinition,
  index: number,
  secrets: ClusterSecrets,
): Fault[] {
  const own = definition.clusters[index]?.secrets;
  const named =
    own?.remoteSecrets ?? (own?.backend === undefined ? definition.secrets?.remoteSecrets : undefined);
  if (secrets.cacerts === 'cert-manager' && named === undefined) {
    return [
      {
        at: 'backend',
        message: 'cert-manager issues no tokens, so the remote secrets need a backend of their own.',
        hint: 'Write remoteSecrets: beside it, with sealed-secrets, sops, external-secrets or plain.',
      },
    ];
  }
  if (secrets.remoteSecrets === secrets.cacerts) return [];
  return problemsOfBackend(definition, secrets.remoteSecrets, secrets, 'remoteSecrets');
}

function problemsOfBackend(
  definition: AnyMeshDefinition,
  backend: Exclude<SecretsBackend, 'cert-manager'> | RemoteSecretsBackend,
  { sops, externalSecrets }: ClusterSecrets,
  at: keyof SecretsDefinition,
): Fault[] {
  const tool = gitopsToolOf(definition);
  const fault = (message: string, hint: string): Fault[] => [{ at, message, hint }];
  if (backend === 'plain' && tool !== undefined) {
    return fault(
      `${tool} applies what is committed, and keys and tokens in plain text must not be.`,
      'Write sealed-secrets, external-secrets or another backend that may be committed.',
    );
  }
  if (backend === 'sops' && tool === 'argocd') {
    return fault(
      'Argo CD does not decrypt what SOPS has encrypted, and would apply the ciphertext.',
      'Write sealed-secrets or external-secrets, or gitops: flux.',
    );
  }
  if (backend === 'sops' && sops.age.length === 0) {
    return fault(
      'The backend sops needs the recipients that can decrypt.',
      'Write sops: { age: [age1…] } beside it.',
    );
  }
  if (backend === 'external-secrets' && externalSecrets === undefined) {
    return fault(
      'The backend external-secrets needs the store that the cluster fetches from.',
      'Write externalSecrets: { store: { name: … } } beside it.',
    );
  }
  return [];
}

/** Where the backend is written: at the cluster, else at the mesh; without any, at the key of gitops. */
function placeOf(definition: AnyMeshDefinition, index: number, at: keyof SecretsDefinition): DefinitionPath {
  const own = definition.clusters[index]?.secrets;
  if (own?.[at] !== undefined) return ['clusters', index, 'secrets', at];
  if (own?.backend !== undefined) return ['clusters', index, 'secrets', 'backend'];
  if (definition.secrets?.[at] !== undefined) return ['secrets', at];
  if (definition.secrets?.backend !== undefined) return ['secrets', 'backend'];
  return ['gitops'];
}
