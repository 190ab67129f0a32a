import { engineOf } from '../complete-delivery';
import type { RepositoryDefinition } from '../delivery-definition';
import type { Finding } from '../problem';
import type { Rule } from './rule';

/** An engine of delivery knows where the output is, and can apply all of it. */
export const deliverable: Rule = (definition) => {
  const engine = engineOf(definition);
  const { repository, istio, clusters } = definition;
  const findings = repository === undefined ? [] : faultsOfRepository(repository);
  if (engine === undefined && istio?.controlPlane === 'helm') {
    findings.push({
      path: ['istio', 'controlPlane'],
      found: 'Charts are installed by an engine of delivery, and the mesh names none.',
      remedy: 'Write delivery: argocd or delivery: flux, or another form, such as istioctl.',
    });
  }
  if (engine === undefined) return findings.map(asDelivery);
  if (repository === undefined) {
    findings.push({
      path: ['delivery'],
      at: 'key',
      found: `${engine} must be told where the output is committed.`,
      remedy: 'Write repository: { url: … } beside it.',
    });
  }
  if (engine === 'flux' && repository?.url.startsWith('file:')) {
    findings.push({
      path: ['repository', 'url'],
      found: 'Flux cannot read a repository from a folder.',
      remedy: 'Write an address that begins with https://, ssh:// or oci://.',
    });
  }
  if (istio?.controlPlane === 'operator') {
    findings.push({
      path: ['istio', 'controlPlane'],
      found: `${engine} cannot apply IstioOperator files, for which Kubernetes has no such resource.`,
      remedy: 'Write native, istioctl or helm.',
    });
  }
  for (const [index, { name }] of clusters.entries()) {
    if (name !== engine) continue;
    findings.push({
      path: ['clusters', index, 'name'],
      found: `The folder ${engine} is that of the tree for ${engine}.`,
      remedy: 'Give the cluster another name.',
    });
  }
  return findings.map(asDelivery);
};

function faultsOfRepository({ url, branch, tag }: RepositoryDefinition): Omit<Finding, 'code'>[] {
  const findings: Omit<Finding, 'code'>[] = [];
  if (/^\w+:\/\/[^\s/@]*:[^\s/@]+@/.test(url)) {
    findings.push({
      path: ['repository', 'url'],
      found: 'The address has a password, which would be committed with it.',
      remedy:
        'Write it without, and replace the password where others may have seen it. Argo CD finds credentials by the address; Flux in the Secret that repository.secret names.',
    });
  }
  const isOci = url.startsWith('oci://');
  if (branch !== undefined && (isOci || tag !== undefined)) {
    findings.push({
      path: ['repository', 'branch'],
      at: 'key',
      found: isOci ? 'An OCI artifact has no branches.' : 'It is either a branch or a tag that is applied.',
      remedy: isOci ? 'Write tag: instead.' : 'Leave one of the two out.',
    });
  }
  return findings;
}

function asDelivery(finding: Omit<Finding, 'code'>): Finding {
  return { code: 'MESH-DELIVERY', ...finding };
}
