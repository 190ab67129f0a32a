import type { BrokenDefinition } from './broken-definitions';

/** A definition of two clusters, with more from line 5 on. */
const withMore = (more: string): string => `meshID: mesh1
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
${more}
`;

const repository = 'repository: { url: https://git.example.com/mesh.git }';

/** Definitions with a problem in the secrets or GitOps settings. */
export const brokenSecrets: readonly BrokenDefinition[] = [
  {
    title: 'plain-text Secrets in output that will be committed',
    text: withMore(`${repository}\nsecrets: { backend: plain }\ngitops: argocd`),
    code: 'MESH-SECRETS',
    at: [6, 21],
    message: 'argocd applies what is committed, and keys and tokens in plain text must not be committed.',
    hint: 'Write sealed-secrets, external-secrets or another backend that may be committed.',
  },
  {
    title: 'what SOPS has encrypted, for a GitOps tool that does not decrypt it',
    text: withMore(
      `${repository}\nsecrets: { backend: sops, sops: { age: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] } }\ngitops: argocd`,
    ),
    code: 'MESH-SECRETS',
    at: [6, 21],
    message: 'Argo CD does not decrypt what SOPS has encrypted, and would apply the ciphertext.',
    hint: 'Write sealed-secrets or external-secrets, or gitops: flux.',
  },
  {
    title: 'SOPS without recipients',
    text: withMore('secrets: { backend: sops }'),
    code: 'MESH-SECRETS',
    at: [5, 21],
    message: 'The backend sops needs the recipients that can decrypt.',
    hint: 'Write sops: { age: [age1…] } beside it.',
  },
  {
    title: 'External Secrets without a store',
    text: withMore('secrets: { backend: external-secrets }'),
    code: 'MESH-SECRETS',
    at: [5, 21],
    message: 'The backend external-secrets needs the store that the cluster reads.',
    hint: 'Write externalSecrets: { store: { name: … } } beside it.',
  },
  {
    title: 'cert-manager for tokens, too',
    text: withMore('secrets: { backend: cert-manager, certManager: { issuer: { name: root } } }'),
    code: 'MESH-SECRETS',
    at: [5, 21],
    message: 'The backend cert-manager cannot write the remote secrets.',
    hint: 'Write remoteSecrets: beside it, with plain, sealed-secrets, sops or external-secrets.',
  },
  {
    title: 'a repository without a GitOps tool',
    text: withMore(repository),
    code: 'MESH-GITOPS',
    at: [5, 1],
    message: 'repository has no effect without gitops.',
    hint: 'Add gitops: argocd or gitops: flux, or remove repository.',
  },
  {
    title: 'a GitOps tool without a repository',
    text: withMore('gitops: flux\nsecrets: { backend: sealed-secrets }'),
    code: 'MESH-GITOPS',
    at: [5, 1],
    message: 'Flux needs the repository that contains the output.',
    hint: 'Add repository: { url: … }.',
  },
];
