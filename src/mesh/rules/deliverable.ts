import { engineOf } from '../complete-delivery';
import type { MeshDefinition } from '../definition';
import type { DeliveryEngine, RepositoryDefinition } from '../delivery-definition';
import type { Finding } from '../problem';
import type { Rule } from './rule';

type Fault = Omit<Finding, 'code'>;

/** An engine of delivery knows where the output is, and can apply all of it. */
export const deliverable: Rule = (definition) => {
  const { repository } = definition;
  const engine = engineOf(definition);
  const faults = [
    ...(repository === undefined ? [] : faultsOfRepository(repository)),
    ...(engine === undefined ? faultsWithoutEngine(definition) : faultsOfEngine(engine, definition)),
  ];
  return faults.map((fault) => ({ code: 'MESH-DELIVERY', ...fault }));
};

function faultsWithoutEngine({ repository, istio }: MeshDefinition): Fault[] {
  const faults: Fault[] = [];
  if (istio?.controlPlane === 'helm') {
    faults.push({
      path: ['istio', 'controlPlane'],
      found: 'Charts are installed by an engine of delivery, and the mesh names none.',
      remedy: 'Write delivery: argocd or delivery: flux, or another form, such as istioctl.',
    });
  }
  if (repository !== undefined) {
    faults.push({
      path: ['repository'],
      at: 'key',
      found: 'Nobody is named who applies the output from there.',
      remedy: 'Write delivery: argocd or delivery: flux beside it, or remove it.',
    });
  }
  return faults;
}

function faultsOfEngine(engine: DeliveryEngine, { repository, istio, clusters }: MeshDefinition): Fault[] {
  const faults: Fault[] = [];
  if (repository === undefined) {
    faults.push({
      path: ['delivery'],
      at: 'key',
      found: `${engine} must be told where the output is committed.`,
      remedy: 'Write repository: { url: … } beside it.',
    });
  }
  if (engine === 'flux' && repository?.url.startsWith('file:')) {
    faults.push({
      path: ['repository', 'url'],
      found: 'Flux cannot read a repository from a folder.',
      remedy: 'Write an address that begins with https://, ssh:// or oci://.',
    });
  }
  if (istio?.controlPlane === 'operator') {
    faults.push({
      path: ['istio', 'controlPlane'],
      found: `${engine} cannot apply IstioOperator files, for which Kubernetes has no such resource.`,
      remedy: 'Write native, istioctl or helm.',
    });
  }
  const namesake = clusters.findIndex(({ name }) => name === engine);
  if (namesake >= 0) {
    faults.push({
      path: ['clusters', namesake, 'name'],
      found: `The folder ${engine} is that of the tree for ${engine}.`,
      remedy: 'Give the cluster another name.',
    });
  }
  return faults;
}

function faultsOfRepository({ url, branch, tag }: RepositoryDefinition): Fault[] {
  const faults: Fault[] = [];
  if (/^\w+:\/\/[^\s/@]*:[^\s/@]+@/.test(url)) {
    faults.push({
      path: ['repository', 'url'],
      found: 'The address has a password, which would be committed with it.',
      remedy:
        'Write it without, and replace the password where others may have seen it. Argo CD finds credentials by the address; Flux in the Secret that repository.secret names.',
    });
  }
  const isOci = url.startsWith('oci://');
  if (branch !== undefined && (isOci || tag !== undefined)) {
    faults.push({
      path: ['repository', 'branch'],
      at: 'key',
      found: isOci ? 'An OCI artifact has no branches.' : 'It is either a branch or a tag that is applied.',
      remedy: isOci ? 'Write tag: instead.' : 'Leave one of the two out.',
    });
  }
  return faults;
}
