/** Who applies the output from a repository. */
export interface DeliveryDefinition {
  /**
   * The engine: `argocd` or `flux`.
   */
  readonly engine: DeliveryEngine;
  /**
   * The namespace that the engine runs in.
   * @default - argocd for argocd, flux-system for flux
   */
  readonly namespace?: string;
}

/** The engines for which the output has a tree of its own. */
export const deliveryEngines = ['argocd', 'flux'] as const;
export type DeliveryEngine = (typeof deliveryEngines)[number];

/** Where the engine finds the output. */
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
   * The Secret in the engine's namespace with which Flux logs in to the repository. Argo CD finds the
   * credentials of a repository by its address.
   * @default - none
   */
  readonly secret?: string;
}
