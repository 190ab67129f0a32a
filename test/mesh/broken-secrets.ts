import type { BrokenDefinition } from './broken-definitions';

/** A definition of two clusters, with more from line 5 on. */
const withMore = (more: string): string => `meshID: mesh1
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
${more}
`;

const repository = 'repository: { url: https://git.example.com/mesh.git }';

/** Mistakes of how Secrets are written, and of who delivers them. */
export const brokenSecrets: readonly BrokenDefinition[] = [
  {
    title: 'Secrets in plain text that are to be committed',
    text: withMore(`${repository}\nsecrets: { form: plain }\ndelivery: argocd`),
    code: 'MESH-SECRETS',
    at: [6, 18],
    found: 'argocd applies what is committed, and keys and tokens in plain text must not be.',
    remedy: 'Write sealed-secrets, external-secrets or another form that may be committed.',
  },
  {
    title: 'what SOPS has encrypted, for an engine that does not decrypt it',
    text: withMore(
      `${repository}\nsecrets: { form: sops, sops: { age: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p] } }\ndelivery: argocd`,
    ),
    code: 'MESH-SECRETS',
    at: [6, 18],
    found: 'Argo CD does not decrypt what SOPS has encrypted, and would apply the ciphertext.',
    remedy: 'Write sealed-secrets or external-secrets, or delivery: flux.',
  },
  {
    title: 'SOPS without recipients',
    text: withMore('secrets: { form: sops }'),
    code: 'MESH-SECRETS',
    at: [5, 18],
    found: 'The form sops needs the recipients that can decrypt.',
    remedy: 'Write sops: { age: [age1…] } beside it.',
  },
  {
    title: 'External Secrets without a store',
    text: withMore('secrets: { form: external-secrets }'),
    code: 'MESH-SECRETS',
    at: [5, 18],
    found: 'The form external-secrets needs the store that the cluster fetches from.',
    remedy: 'Write externalSecrets: { store: { name: … } } beside it.',
  },
  {
    title: 'cert-manager for tokens, too',
    text: withMore('secrets: { form: cert-manager, certManager: { issuer: { name: root } } }'),
    code: 'MESH-SECRETS',
    at: [5, 18],
    found: 'cert-manager issues no tokens, so the remote secrets need a form of their own.',
    remedy: 'Write remoteSecrets: beside it, with sealed-secrets, sops, external-secrets or plain.',
  },
  {
    title: 'a repository that nobody reads',
    text: withMore(repository),
    code: 'MESH-DELIVERY',
    at: [5, 1],
    found: 'Nobody is named who applies the output from there.',
    remedy: 'Write delivery: argocd or delivery: flux beside it, or remove it.',
  },
  {
    title: 'an engine that is not told where to read',
    text: withMore('delivery: flux\nsecrets: { form: sealed-secrets }'),
    code: 'MESH-DELIVERY',
    at: [5, 1],
    found: 'flux must be told where the output is committed.',
    remedy: 'Write repository: { url: … } beside it.',
  },
];
