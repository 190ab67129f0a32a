import { z } from 'zod';
import type { AnyMeshDefinition } from './definition';
import type { GitOps } from './mesh';
import { dnsLabel, dnsSubdomain, matching, nonEmptyString } from './schema-types';

/** The GitOps tool that applies the output. */
export interface GitOpsDefinition {
  /**
   * The GitOps tool.
   */
  readonly tool: GitOpsTool;
  /**
   * The namespace in which the GitOps tool runs.
   * @default - argocd for argocd, flux-system for flux
   */
  readonly namespace?: string;
}

/** The supported GitOps tools. */
export const gitopsTools = ['argocd', 'flux'] as const;
export type GitOpsTool = (typeof gitopsTools)[number];

/** The names of the GitOps tools in messages. */
export const gitopsToolNames: Readonly<Record<GitOpsTool, string>> = { argocd: 'Argo CD', flux: 'Flux' };

/** The repository from which the GitOps tool reads the output. */
export interface RepositoryDefinition {
  /**
   * The address of a git repository, such as https://git.example.com/platform/mesh.git or
   * ssh://git@git.example.com/platform/mesh.git, or of an OCI artifact, such as
   * oci://registry.example.com/platform/mesh. It must not contain a password.
   */
  readonly url: string;
  /**
   * The branch of a git repository.
   * @default - main
   */
  readonly branch?: string;
  /**
   * The tag of a git repository, instead of a branch, or the tag of an OCI artifact.
   * @default - none for a git repository, latest for an OCI artifact
   */
  readonly tag?: string;
  /**
   * The path of the output folder in the repository, without a slash at the start or the end.
   * @default - dist
   */
  readonly path?: string;
  /**
   * The Secret, in the namespace of Flux, with the credentials for the repository: `username` and `password` for an
   * https address, `identity` and `known_hosts` for ssh, which requires it. Argo CD does not need it, because it
   * finds the credentials by the address of the repository.
   * @default - none
   */
  readonly secret?: string;
}

const tool = z.enum(gitopsTools);

/** The schema of `gitops`. */
export const gitopsSchema = z.union([
  tool,
  z.strictObject({ tool, namespace: dnsLabel.optional() }) satisfies z.ZodType<GitOpsDefinition>,
]);

/** The name of a branch or tag that git accepts. */
const gitRef = nonEmptyString.refine(
  (name) =>
    /^[^\s\p{Cc}~^:?*[\\]+$/u.test(name) &&
    !/^(refs\/|[-/.])|\.\.|\/\/|\/\.|@\{|[/.]$|\.lock(\/|$)|^@$/.test(name),
  { error: 'Write the name of a branch or tag without refs/heads/ or refs/tags/, such as main.' },
);

/** The schema of `repository`. */
export const repositorySchema = z.strictObject({
  url: matching(
    /^((https?|ssh|file|oci):\/\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    'Write an address such as https://git.example.com/platform/mesh.git, ssh://git@git.example.com/platform/mesh.git or oci://registry.example.com/platform/mesh.',
  ),
  branch: gitRef.optional(),
  tag: gitRef.optional(),
  path: matching(
    /^[^\s/.\\][^\s/\\]*(\/[^\s/.\\][^\s/\\]*)*$/,
    'Write a path in the repository without a slash at the start or the end, such as dist.',
  ).optional(),
  secret: dnsSubdomain.optional(),
}) satisfies z.ZodType<RepositoryDefinition>;

const namespaces: Readonly<Record<GitOpsTool, string>> = { argocd: 'argocd', flux: 'flux-system' };

/** Fills in the defaults of the GitOps settings; undefined if no GitOps tool applies the output. */
export function gitopsWithDefaults({ gitops, repository }: AnyMeshDefinition): GitOps | undefined {
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

/** The GitOps tool of a definition. */
export function gitopsToolOf({ gitops }: AnyMeshDefinition): GitOpsTool | undefined {
  return typeof gitops === 'object' ? gitops.tool : gitops;
}
