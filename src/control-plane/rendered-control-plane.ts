/** The manifests of one cluster's control plane, as YAML texts: what a form renders ahead of synthesis. */
export interface RenderedControlPlane {
  /** The CustomResourceDefinitions, which must be established before any resource of theirs. */
  readonly crds: string;
  /** Everything else. */
  readonly controlPlane: string;
}
