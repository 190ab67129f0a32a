import { Yaml } from 'cdk8s';
import type { OutputFile } from './output-file';

/** A file of one object that everybody may read. */
export function objectFile(path: string, object: object): OutputFile {
  return { path, content: Yaml.stringify(object), secrecy: 'public' };
}
