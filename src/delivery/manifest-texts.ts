import { serialize } from 'node:v8';
import { Yaml } from 'cdk8s';

/**
 * The YAML of objects, made once for all that are equal. Clusters of a mesh have most of their objects
 * in common, and to make YAML takes ten times as long as to see that it is there already.
 */
export class ManifestTexts {
  private readonly texts = new Map<string, string>();

  /** The YAML document of an object, without a separator. */
  of(object: unknown): string {
    // Unlike JSON, this is the same for the same objects alone, whatever they hold.
    const key = serialize(object).toString('latin1');
    const text = this.texts.get(key) ?? Yaml.stringify(object);
    this.texts.set(key, text);
    return text;
  }
}
