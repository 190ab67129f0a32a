import type { Mesh } from '../mesh/mesh';

/** The name of a mesh's own objects for an engine: its ID, as Kubernetes allows names, short enough for a suffix. */
export function engineName({ meshID }: Pick<Mesh, 'meshID'>): string {
  const name = meshID.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  return name.slice(0, 50).replace(/-+$/, '');
}
