import type { GitOps } from '../../src/mesh/mesh';

const repository = { url: 'https://git.example.com/platform/mesh.git', branch: 'main', path: 'dist' };

/** The settings of each GitOps tool. */
export const gitopsSettings: readonly GitOps[] = [
  { tool: 'argocd', namespace: 'argocd', repository },
  { tool: 'flux', namespace: 'flux-system', repository },
];
