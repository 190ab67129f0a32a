import type { DefinitionProblem } from '../../problems/problem';
import type { MeshDefinition } from '../definition';
import { type GitOpsTool, gitopsToolOf, type RepositoryDefinition } from '../gitops';
import type { Rule } from './clusters';

type Fault = Omit<DefinitionProblem, 'code'>;

/** An GitOps tool knows where the output is, and can apply all of it. */
export const gitopsSettings: Rule = (definition) => {
  const { repository } = definition;
  const tool = gitopsToolOf(definition);
  const faults = [
    ...(repository === undefined ? [] : faultsOfRepository(repository)),
    ...(tool === undefined ? faultsWithoutTool(definition) : faultsOfTool(tool, definition)),
  ];
  return faults.map((fault) => ({ code: 'MESH-GITOPS', ...fault }));
};

function faultsWithoutTool({ repository, istio }: MeshDefinition): Fault[] {
  const faults: Fault[] = [];
  if (istio?.controlPlane === 'helm') {
    faults.push({
      path: ['istio', 'controlPlane'],
      message: 'Charts are installed by an GitOps tool, and the mesh names none.',
      hint: 'Write gitops: argocd or gitops: flux, or another format, such as istioctl.',
    });
  }
  if (repository !== undefined) {
    faults.push({
      path: ['repository'],
      at: 'key',
      message: 'Nobody is named who applies the output from there.',
      hint: 'Write gitops: argocd or gitops: flux beside it, or remove it.',
    });
  }
  return faults;
}

function faultsOfTool(tool: GitOpsTool, { repository, istio, clusters }: MeshDefinition): Fault[] {
  const faults: Fault[] = [];
  if (repository === undefined) {
    faults.push({
      path: ['gitops'],
      at: 'key',
      message: `${tool} must be told where the output is committed.`,
      hint: 'Write repository: { url: … } beside it.',
    });
  }
  if (tool === 'flux' && repository?.url.startsWith('file:')) {
    faults.push({
      path: ['repository', 'url'],
      message: 'Flux cannot read a repository from a folder.',
      hint: 'Write an address that begins with https://, ssh:// or oci://.',
    });
  }
  if (istio?.controlPlane === 'operator') {
    faults.push({
      path: ['istio', 'controlPlane'],
      message: `${tool} cannot apply IstioOperator files, for which Kubernetes has no such resource.`,
      hint: 'Write native, istioctl or helm.',
    });
  }
  const namesake = clusters.findIndex(({ name }) => name === tool);
  if (namesake >= 0) {
    faults.push({
      path: ['clusters', namesake, 'name'],
      message: `The folder ${tool} is that of the tree for ${tool}.`,
      hint: 'Give the cluster another name.',
    });
  }
  return faults;
}

function faultsOfRepository({ url, branch, tag }: RepositoryDefinition): Fault[] {
  const faults: Fault[] = [];
  if (/^\w+:\/\/[^\s/@]*:[^\s/@]+@/.test(url)) {
    faults.push({
      path: ['repository', 'url'],
      message: 'The address has a password, which would be committed with it.',
      hint: 'Write it without, and replace the password where others may have seen it. Argo CD finds credentials by the address; Flux in the Secret that repository.secret names.',
    });
  }
  const isOci = url.startsWith('oci://');
  if (branch !== undefined && (isOci || tag !== undefined)) {
    faults.push({
      path: ['repository', 'branch'],
      at: 'key',
      message: isOci ? 'An OCI artifact has no branches.' : 'It is either a branch or a tag that is applied.',
      hint: isOci ? 'Write tag: instead.' : 'Leave one of the two out.',
    });
  }
  return faults;
}
