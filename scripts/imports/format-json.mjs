const lineWidth = 120;

/** JSON with as much on each line as fits: small, and still readable in a diff. */
export function formatJson(value) {
  return `${format(value, '', 0)}\n`;
}

function format(value, indent, column) {
  const line = inLine(value);
  if (typeof value !== 'object' || value === null || column + line.length <= lineWidth) return line;
  const inner = `${indent} `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([key, part]) => {
    const start = `${inner}${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}`;
    return `${start}${format(part, inner, start.length)}`;
  });
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function inLine(value) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${inLine(part)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}
