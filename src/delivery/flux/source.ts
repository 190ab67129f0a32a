import type { Delivery, Mesh } from '../../mesh/mesh';
import { engineName } from '../engine-name';
import type { PlainObject } from '../manifest';

/** Where Flux finds the output. */
export function fluxSource(mesh: Mesh, { namespace, repository }: Delivery): PlainObject {
  const { url, branch, tag, secret } = repository;
  const isOci = url.startsWith('oci://');
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: isOci ? 'OCIRepository' : 'GitRepository',
    metadata: { name: engineName(mesh), namespace },
    spec: {
      interval: '1m',
      url: withScheme(url),
      ref: tag === undefined ? { branch } : { tag },
      ...(secret === undefined ? {} : { secretRef: { name: secret } }),
    },
  };
}

/** Of the forms of git addresses, Flux does not take the one without a scheme. */
function withScheme(url: string): string {
  return url.includes('://') ? url : `ssh://${url.replace(':', '/')}`;
}
