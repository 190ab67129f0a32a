import { z } from 'zod';
import type { MeshDefinition } from './definition';
import type { GitOps } from './mesh';
import { dnsLabel, dnsSubdomain, matching, nonEmptyString } from './schema-types';

/** Who applies the output from a repository. */
export interface GitOpsDefinition {
  /**
   * The GitOps tool: `argocd` or `flux`.
   */
  readonly tool: GitOpsTool;
  /**
   * The namespace that the GitOps tool runs in.
   * @default - argocd for argocd, flux-system for flux
   */
  readonly namespace?: string;
}

/** The GitOps tools for which the output has a tree of its own. */
export const gitopsTools = ['argocd', 'flux'] as const;
export type GitOpsTool = (typeof gitopsTools)[number];

/** Where the GitOps tool finds the output. */
export interface RepositoryDefinition {
  /**
   * The address of the git repository, such as https://git.example.com/platform/mesh.git or
   * ssh://git@git.example.com/platform/mesh.git; or of an OCI artifact, such as
   * oci://registry.example.com/platform/mesh.
   */
  readonly url: string;
  /**
   * The branch of a git repository.
   * @default - main
   */
  readonly branch?: string;
  /**
   * The tag of a git repository, instead of a branch; or of an OCI artifact.
   * @default - none for a git repository, latest for an OCI artifact
   */
  readonly tag?: string;
  /**
   * The output folder within the repository, without a slash at its ends.
   * @default - dist
   */
  readonly path?: string;
  /**
   * The Secret in the GitOps tool's namespace with which Flux logs in to the repository. Argo CD finds the
   * credentials of a repository by its address.
   * @default - none
   */
  readonly secret?: string;
}

const tool = z.enum(gitopsTools);

/** The shape of who applies the output. */
export const gitopsSchema = z.union([
  tool,
  z.strictObject({ tool, namespace: dnsLabel.optional() }) satisfies z.ZodType<GitOpsDefinition>,
]);

/** The shape of where they find it. */
export const repositorySchema = z.strictObject({
  url: matching(
    /^((https?|ssh|file|oci):\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    'Write an address such as https://git.example.com/platform/mesh.git, ssh://git@git.example.com/platform/mesh.git or oci://registry.example.com/platform/mesh.',
  ),
  branch: nonEmptyString.optional(),
  tag: nonEmptyString.optional(),
  path: matching(
    /^[^\s/.][^\s/]*(\/[^\s/.][^\s/]*)*$/,
    'Write a path within the repository without a slash at its ends, such as dist.',
  ).optional(),
  secret: dnsSubdomain.optional(),
}) satisfies z.ZodType<RepositoryDefinition>;

const namespaces: Readonly<Record<GitOpsTool, string>> = { argocd: 'argocd', flux: 'flux-system' };

/** Fills in who applies the output, and from where; undefined where nobody is named. */
export function gitopsWithDefaults({ gitops, repository }: MeshDefinition): GitOps | undefined {
  if (gitops === undefined || repository === undefined) return undefined;
  const { tool, namespace }: GitOpsDefinition = typeof gitops === 'string' ? { tool: gitops } : gitops;
  const { url, branch = 'main', tag, path = 'dist', secret } = repository;
  const isOci = url.startsWith('oci://');
  return {
    tool,
    namespace: namespace ?? namespaces[tool],
    repository: {
      url,
      ...(isOci ? { tag: tag ?? 'latest' } : tag === undefined ? { branch } : { tag }),
      path,
      ...(secret === undefined ? {} : { secret }),
    },
  };
}

/** The GitOps tool that a definition names. */
export function gitopsToolOf({ gitops }: MeshDefinition): GitOpsTool | undefined {
  return typeof gitops === 'object' ? gitops.tool : gitops;
}
