import { stringify } from 'yaml';

/** Data as YAML that also readers of YAML 1.1 understand, such as istiod: it quotes `yes`, `on` and the like. */
export function yamlText(data: unknown): string {
  return stringify(data, { version: '1.1', lineWidth: 0 });
}
