import { type Document, isScalar, visit, YAMLParseError } from 'yaml';

/**
 * Adds an error for each key that a map of a document has a second time. The parser's own check takes time that grows
 * with the square of the number of keys.
 */
export function checkUniqueKeys(document: Document.Parsed): void {
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const start = key.range?.[0] ?? 0;
        if (seen.has(key.value)) {
          document.errors.push(
            new YAMLParseError([start, start], 'DUPLICATE_KEY', 'Map keys must be unique'),
          );
        }
        seen.add(key.value);
      }
    },
  });
}
