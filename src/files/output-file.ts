/** A file of the output folder. */
export interface OutputFile {
  /** The path within the output folder, with slashes, such as cluster1/10-namespace.k8s.yaml. */
  readonly path: string;
  readonly content: string;
  /** `secret` if the file contains a key or a token, and only its owner may read it. */
  readonly secrecy: 'public' | 'secret';
}
