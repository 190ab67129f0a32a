import { yamlText } from '../../kubernetes/yaml';
import type { HelmValues } from '../../mesh/helm-values';
import { gitopsTemplate, type TemplateGitOps } from '../mesh-template';
import type { ExistingCluster, ExistingMesh } from './merged-definition';

/**
 * The text of a mesh.yaml for configurations of Istio, with comments on where its parts come from.
 *
 * @param schemaPath the path of the JSON Schema, relative to mesh.yaml
 */
export function existingMeshText(
  { mesh, clusters, notes }: ExistingMesh,
  schemaPath: string,
  gitops?: TemplateGitOps,
): string {
  const { istio, gateways, ...identity } = mesh;
  return [
    `# yaml-language-server: $schema=${schemaPath}\n`,
    yamlText(identity),
    ...section('What all clusters have in common.', {
      ...(istio === undefined ? {} : { istio }),
      ...(gateways === undefined ? {} : { gateways }),
    }),
    `clusters:\n${clusters.map(clusterText).join('\n')}`,
    ...(gitops === undefined ? [] : [`${gitopsTemplate(gitops).trimEnd()}\n`]),
    ...(notes.length === 0
      ? []
      : [`${comment('Left out, or written in another way:')}${notes.map(noteText).join('')}`]),
  ].join('\n');
}

function section(title: string, settings: HelmValues): string[] {
  return Object.keys(settings).length === 0 ? [] : [`${comment(title)}${yamlText(settings)}`];
}

function clusterText({ settings, sources }: ExistingCluster): string {
  const lines = yamlText(settings).trimEnd().split('\n');
  const indented = lines.map((line, index) => (line === '' ? '' : `${index === 0 ? '  - ' : '    '}${line}`));
  return `${comment(`From ${sources.join(', ')}.`, '  ')}${indented.join('\n')}\n`;
}

function noteText(note: string): string {
  const [first = '', ...others] = comment(note, '', 100).trimEnd().split('\n');
  return [first.replace('# ', '# - '), ...others.map((line) => line.replace('# ', '#   ')), ''].join('\n');
}

/** A comment, in lines of limited length. */
function comment(text: string, indent = '', width = 110): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${indent}# ${line}\n`).join('');
}
