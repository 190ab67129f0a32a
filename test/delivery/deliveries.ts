import type { Delivery } from '../../src/mesh/mesh';

const repository = { url: 'https://git.example.com/platform/mesh.git', branch: 'main', path: 'dist' };

/** A delivery by each engine. */
export const deliveries: readonly Delivery[] = [
  { engine: 'argocd', namespace: 'argocd', repository },
  { engine: 'flux', namespace: 'flux-system', repository },
];
