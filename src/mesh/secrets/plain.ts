import type { BackendDescription } from './backend-description';

/** Secrets in plain text, which are applied from a safe place and never committed. */
export const plain: BackendDescription<'plain'> = {
  caCertificate: 'issued-locally',
  output: 'plain-text',
  remoteSecrets: 'supported',
  settingsProblems: (_, gitopsTool) =>
    gitopsTool === undefined
      ? []
      : [
          {
            message: `${gitopsTool} applies what is committed, and keys and tokens in plain text must not be committed.`,
            hint: 'Write sealed-secrets, external-secrets or another backend that may be committed.',
          },
        ],
  contentSource: ({ clusterName, chart }) => `${clusterName}/${chart}.k8s.yaml of the output`,
};
