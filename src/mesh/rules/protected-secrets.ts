import { engineOf } from '../complete-delivery';
import { completeSecrets } from '../complete-secrets';
import type { MeshDefinition } from '../definition';
import type { ClusterSecrets } from '../mesh';
import type { DefinitionPath, Finding } from '../problem';
import type { RemoteSecretsForm, SecretsDefinition, SecretsForm } from '../secrets-definition';
import type { Rule } from './rule';

/** What is wrong with how the Secrets of one cluster are written; `at` is the key that chose it. */
type Fault = Pick<Finding, 'found' | 'remedy'> & { readonly at: keyof SecretsDefinition };

/** Every cluster's form of Secrets has what it needs, and is one that its engine of delivery can apply. */
export const protectedSecrets: Rule = (definition) => {
  const findings = definition.clusters.flatMap((cluster, index): Finding[] => {
    const secrets = completeSecrets(definition, cluster.secrets, cluster.name);
    return [
      ...faultsOfCaCerts(definition, secrets),
      ...faultsOfRemoteSecrets(definition, index, secrets),
    ].map(({ at, found, remedy }) => ({
      code: 'MESH-SECRETS' as const,
      path: placeOf(definition, index, at),
      found,
      remedy,
    }));
  });
  return [
    ...new Map(findings.map((finding) => [JSON.stringify([finding.path, finding.found]), finding])).values(),
  ];
};

function faultsOfCaCerts(definition: MeshDefinition, secrets: ClusterSecrets): Fault[] {
  const { certManager, cacerts } = secrets;
  if (cacerts !== 'cert-manager') return faultsOfForm(definition, cacerts, secrets, 'form');
  if (certManager.istioCsr === 'enabled') return [];
  if (certManager.issuer !== undefined) return faultsOfRenewal(certManager);
  return [
    {
      at: 'form',
      found: 'The form cert-manager needs an issuer of the CA certificate.',
      remedy: 'Write certManager: { issuer: { name: … } } beside it, or certManager: { istioCsr: enabled }.',
    },
  ];
}

/** cert-manager refuses a certificate that would be renewed before it was issued. */
function faultsOfRenewal({ duration, renewBefore }: ClusterSecrets['certManager']): Fault[] {
  if (Number.parseInt(renewBefore, 10) < Number.parseInt(duration, 10)) return [];
  return [
    {
      at: 'certManager',
      found: `renewBefore, ${renewBefore}, is not shorter than duration, ${duration}.`,
      remedy: 'Write a shorter renewBefore; a third of duration is usual.',
    },
  ];
}

function faultsOfRemoteSecrets(definition: MeshDefinition, index: number, secrets: ClusterSecrets): Fault[] {
  const own = definition.clusters[index]?.secrets;
  const named =
    own?.remoteSecrets ?? (own?.form === undefined ? definition.secrets?.remoteSecrets : undefined);
  if (secrets.cacerts === 'cert-manager' && named === undefined) {
    return [
      {
        at: 'form',
        found: 'cert-manager issues no tokens, so the remote secrets need a form of their own.',
        remedy: 'Write remoteSecrets: beside it, with sealed-secrets, sops, external-secrets or plain.',
      },
    ];
  }
  if (secrets.remoteSecrets === secrets.cacerts) return [];
  return faultsOfForm(definition, secrets.remoteSecrets, secrets, 'remoteSecrets');
}

function faultsOfForm(
  definition: MeshDefinition,
  form: Exclude<SecretsForm, 'cert-manager'> | RemoteSecretsForm,
  { sops, externalSecrets }: ClusterSecrets,
  at: keyof SecretsDefinition,
): Fault[] {
  const engine = engineOf(definition);
  const fault = (found: string, remedy: string): Fault[] => [{ at, found, remedy }];
  if (form === 'plain' && engine !== undefined) {
    return fault(
      `${engine} applies what is committed, and keys and tokens in plain text must not be.`,
      'Write sealed-secrets, external-secrets or another form that may be committed.',
    );
  }
  if (form === 'sops' && engine === 'argocd') {
    return fault(
      'Argo CD does not decrypt what SOPS has encrypted, and would apply the ciphertext.',
      'Write sealed-secrets or external-secrets, or delivery: flux.',
    );
  }
  if (form === 'sops' && sops.age.length === 0) {
    return fault(
      'The form sops needs the recipients that can decrypt.',
      'Write sops: { age: [age1…] } beside it.',
    );
  }
  if (form === 'external-secrets' && externalSecrets === undefined) {
    return fault(
      'The form external-secrets needs the store that the cluster fetches from.',
      'Write externalSecrets: { store: { name: … } } beside it.',
    );
  }
  return [];
}

/** Where the form is written: at the cluster, else at the mesh; without any, at the key of delivery. */
function placeOf(definition: MeshDefinition, index: number, at: keyof SecretsDefinition): DefinitionPath {
  const own = definition.clusters[index]?.secrets;
  if (own?.[at] !== undefined) return ['clusters', index, 'secrets', at];
  if (own?.form !== undefined) return ['clusters', index, 'secrets', 'form'];
  if (definition.secrets?.[at] !== undefined) return ['secrets', at];
  if (definition.secrets?.form !== undefined) return ['secrets', 'form'];
  return ['delivery'];
}
