import type { PlainObject } from '../../kubernetes/manifest';
import type { GitOps, Mesh } from '../../mesh/mesh';
import { gitopsName } from '../object-file';

/** The source from which Flux reads the output: a git repository or an OCI repository. */
export function fluxSource(mesh: Mesh, { namespace, repository }: GitOps): PlainObject {
  const { url, branch, tag, secret } = repository;
  const isOci = url.startsWith('oci://');
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: isOci ? 'OCIRepository' : 'GitRepository',
    metadata: { name: gitopsName(mesh), namespace },
    spec: {
      interval: '1m',
      url: withScheme(url),
      ref: tag === undefined ? { branch } : { tag },
      ...(secret === undefined ? {} : { secretRef: { name: secret } }),
    },
  };
}

/** Flux does not accept addresses without a scheme, such as git@example.com:mesh.git. */
function withScheme(url: string): string {
  return url.includes('://') ? url : `ssh://${url.replace(':', '/')}`;
}
