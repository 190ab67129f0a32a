/** A key with a text in quotes, which may continue on the lines below. */
const opening = /^((?:\s|- )*)(?:"[^"]*"|'[^']*'|[\w./-]+):[ \t]+(['"])/;

/** A line that is a key, and no part of a text before it. */
const key = /^\s*(?:- )?[\w./-]+:(?:\s|$)/;

/**
 * Indents the lines of texts in quotes deeper than their keys, as the standard of YAML demands. Go's parsers, with which
 * istioctl, Helm and kubectl read files, take them as they are. White space at the start of such a line is not part
 * of the text.
 */
export function withIndentedTexts(text: string): string {
  let open: { readonly quote: string; readonly indent: number } | undefined;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const isDeeper = line.search(/\S/) > (open?.indent ?? -1);
    if (open !== undefined && !isDeeper && key.test(line)) return text;
    lines.push(open === undefined || isDeeper ? line : `${' '.repeat(open.indent + 1)}${line.trimStart()}`);
    if (open === undefined) {
      const [start = '', before = '', quote = ''] = opening.exec(line) ?? [];
      if (start !== '' && !isClosed(line.slice(start.length), quote)) open = { quote, indent: before.length };
    } else if (isClosed(line, open.quote)) open = undefined;
  }
  return lines.join('\n');
}

/** Whether a text in quotes ends in its rest of a line. */
function isClosed(rest: string, quote: string): boolean {
  const withoutEscapes = quote === "'" ? rest.replaceAll("''", '') : rest.replace(/\\./g, '');
  return withoutEscapes.includes(quote);
}
