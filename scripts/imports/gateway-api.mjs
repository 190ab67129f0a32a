import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

/** The versions of the Gateway API that the supported versions of Istio are built against, newest first. */
export const gatewayApiVersions = ['1.6.0', '1.5.1', '1.4.1'];

/** The folder of the CRDs of the standard channel in the repository of the Gateway API. */
const folder = 'config/crd/standard';

/**
 * The CRDs of the standard channel, for each version that a supported Istio is built against, newest first. A policy that
 * is released beside them is left out: it refuses the older CRDs of an older Istio, to which users may have to return.
 *
 * @param clone a clone of https://github.com/kubernetes-sigs/gateway-api with its tags
 */
export function readGatewayApi(clone) {
  return gatewayApiVersions.map((version) => {
    const files = git(clone, 'ls-tree', '--name-only', `v${version}`, `${folder}/`);
    const manifests = files
      .split('\n')
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => parseAllDocuments(git(clone, 'show', `v${version}:${file}`)))
      .map((document) => document.toJS());
    return {
      minorVersion: version,
      crds: manifests.filter((manifest) => manifest?.kind === 'CustomResourceDefinition').map(asApplied),
    };
  });
}

/** A CRD without what its generator left in it. */
function asApplied({ status: _, ...crd }) {
  const { creationTimestamp: __, ...metadata } = crd.metadata;
  return { ...crd, metadata };
}

function git(clone, ...args) {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
