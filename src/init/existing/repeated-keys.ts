import { isNode, type Node, type Pair, visit } from 'yaml';
import { keyText, type MeshDocument } from '../../mesh/file/mesh-document';
import { shownLocation } from './cluster-draft';

/**
 * Removes keys that a map has again further below, where istioctl and Helm read them, and says so. In a mesh definition such
 * a key is an error.
 */
export function removeRepeatedKeys(source: MeshDocument): string[] {
  const notes: string[] = [];
  visit(source.document, {
    Map(_, map) {
      const last = new Map(map.items.map((pair) => [keyText(pair), pair]));
      map.items = map.items.filter((pair) => {
        const key = keyText(pair);
        const kept = last.get(key);
        if (key === undefined || kept === pair || kept === undefined || hasAnchor(pair)) return true;
        const [here = '', there = ''] = [pair, kept].map((each) => shownLocation(locationOf(source, each)));
        notes.push(`${here}: ${key} is in the same map again, at ${there}, and Istio reads that one.`);
        return false;
      });
    },
  });
  return notes;
}

function locationOf(source: MeshDocument, { key }: Pair) {
  return source.location((key as Node).range?.[0] ?? 0);
}

/** Whether something can refer to a part of the value. */
function hasAnchor({ value }: Pair): boolean {
  let found = false;
  if (!isNode(value)) return false;
  visit(value, {
    Node(_, node) {
      if ('anchor' in node && node.anchor !== undefined) found = true;
    },
  });
  return found;
}
