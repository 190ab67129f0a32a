import { Yaml } from 'cdk8s';

/** A file of the output. */
export interface OutputFile {
  /** The path within the output folder, with slashes, such as cluster1/10-namespace.k8s.yaml. */
  readonly path: string;
  readonly content: string;
  /** Whether it holds a key or a token, and must be readable by its owner alone. */
  readonly secrecy: 'public' | 'secret';
}

/** A file of one object that everybody may read. */
export function objectFile(path: string, object: object): OutputFile {
  return { path, content: Yaml.stringify(object), secrecy: 'public' };
}
