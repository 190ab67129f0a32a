import type { Delivery } from '../mesh/mesh';
import { annotatedText } from './annotated-text';
import { annotated } from './annotations';
import type { Manifest } from './manifest';
import { stageOf } from './stage';

/** Manifests of clusters with the annotations that the engine of delivery needs; the same where there is none. */
export function annotatedManifests(
  manifests: readonly Manifest[],
  delivery: Delivery | undefined,
): readonly Manifest[] {
  if (delivery === undefined) return manifests;
  // Clusters have their definitions in common, and half a megabyte is annotated once for all of them.
  const texts = new Map<string, Map<number, string>>();
  const textOf = (text: string, stage: number): string => {
    const stages = texts.get(text) ?? new Map<number, string>();
    texts.set(text, stages);
    const result = stages.get(stage) ?? annotatedText(text, stage, delivery);
    stages.set(stage, result);
    return result;
  };
  return manifests.map(({ path, content }) => {
    const stage = stageOf(path);
    if ('text' in content) return { path, content: { text: textOf(content.text, stage) } };
    return {
      path,
      content: { objects: content.objects.map((object) => annotated(object, stage, delivery)) },
    };
  });
}
