import { credentialIn } from '../../problems/address-credentials';
import type { DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { type GitOpsTool, gitopsToolNames, gitopsToolOf, type RepositoryDefinition } from '../gitops';
import type { Rule } from './clusters';

type GitOpsProblem = Omit<DefinitionProblem, 'code'>;

/** The GitOps tool knows where the output is, and can apply all of it. */
export const gitopsSettings: Rule = (definition) => {
  const { repository } = definition;
  const tool = gitopsToolOf(definition);
  const problems = [
    ...(repository === undefined ? [] : repositoryProblems(repository)),
    ...(tool === undefined ? problemsWithoutTool(definition) : toolProblems(tool, definition)),
  ];
  return problems.map((problem) => ({ code: 'MESH-GITOPS', ...problem }));
};

function problemsWithoutTool({ repository, istio }: AnyMeshDefinition): GitOpsProblem[] {
  const problems: GitOpsProblem[] = [];
  if (istio?.controlPlane === 'helm') {
    problems.push({
      path: ['istio', 'controlPlane'],
      message: 'The format helm needs a GitOps tool that installs the charts.',
      hint: 'Add gitops: argocd or gitops: flux, or choose another format, such as istioctl.',
    });
  }
  if (repository !== undefined) {
    problems.push({
      path: ['repository'],
      at: 'key',
      message: 'repository has no effect without gitops.',
      hint: 'Add gitops: argocd or gitops: flux, or remove repository.',
    });
  }
  return problems;
}

function toolProblems(tool: GitOpsTool, { repository, istio, clusters }: AnyMeshDefinition): GitOpsProblem[] {
  const toolName = gitopsToolNames[tool];
  const problems: GitOpsProblem[] = [];
  if (repository === undefined) {
    problems.push({
      path: ['gitops'],
      at: 'key',
      message: `${toolName} needs the repository that contains the output.`,
      hint: 'Add repository: { url: … }.',
    });
  }
  if (tool === 'flux' && repository?.url.startsWith('file:')) {
    problems.push({
      path: ['repository', 'url'],
      message: 'Flux cannot read a repository from a local folder.',
      hint: 'Write an address that starts with https://, ssh:// or oci://.',
    });
  }
  if (repository !== undefined) problems.push(...credentialsProblems(tool, repository));
  if (istio?.controlPlane === 'operator') {
    problems.push({
      path: ['istio', 'controlPlane'],
      message: `${toolName} cannot apply IstioOperator files, because Kubernetes does not have this resource.`,
      hint: 'Write native, istioctl or helm.',
    });
  }
  const index = clusters.findIndex(({ name }) => name === tool);
  if (index >= 0) {
    problems.push({
      path: ['clusters', index, 'name'],
      message: `The name "${tool}" is reserved for the ${toolName} manifests.`,
      hint: 'Choose another name for this cluster.',
    });
  }
  return problems;
}

/** Flux reads a repository over ssh only with a key; Argo CD finds its credentials by the address. */
function credentialsProblems(tool: GitOpsTool, { url, secret }: RepositoryDefinition): GitOpsProblem[] {
  if (tool === 'argocd' && secret !== undefined) {
    return [
      {
        path: ['repository', 'secret'],
        at: 'key',
        message: 'Argo CD does not read repository.secret.',
        hint: 'Remove it, and label a Secret with this address in the namespace of Argo CD with argocd.argoproj.io/secret-type: repository.',
      },
    ];
  }
  const isSsh = url.startsWith('ssh://') || !url.includes('://');
  if (tool !== 'flux' || !isSsh || secret !== undefined) return [];
  return [
    {
      path: ['repository', 'url'],
      message: 'Flux cannot read a repository over ssh without a key.',
      hint: 'Add secret: with the name of a Secret that has identity and known_hosts, as flux create secret git writes it, or use the https address.',
    },
  ];
}

function repositoryProblems({ url, branch, tag }: RepositoryDefinition): GitOpsProblem[] {
  const problems: GitOpsProblem[] = [];
  const credential = credentialIn(url);
  if (credential !== undefined) {
    problems.push({
      path: ['repository', 'url'],
      message: `The address contains ${credential}, which would be committed with the output.`,
      hint: 'Remove it from the address, and change it if others may have seen it. Argo CD finds credentials by the address; Flux uses the Secret in repository.secret.',
    });
  }
  const isOci = url.startsWith('oci://');
  if (branch !== undefined && (isOci || tag !== undefined)) {
    problems.push({
      path: ['repository', 'branch'],
      at: 'key',
      message: isOci ? 'An OCI artifact has no branches.' : 'repository has both a branch and a tag.',
      hint: isOci ? 'Write tag: instead.' : 'Remove one of them.',
    });
  }
  return problems;
}
