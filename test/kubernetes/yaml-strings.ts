import fc from 'fast-check';

/** Strings that parsers of YAML have special rules for. */
export const specialStrings = [
  ...['', ' ', '  ', '\t', '\n', '\n\n', 'a', 'b c', ':', ': ', '#', ' #', '-', '- ', '---', '...', '%', '?'],
  ...['&', '*', '!', '|', '>', '@', '`', '"', "'", '{', '}', '[', ']', ',', '\\', '\r', 'é', '😀', '~'],
  // Characters that are not printable, or that some parsers take for line breaks.
  ...['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ufffe'],
  ...['\uffff', '\u{1fffe}'],
  // Words that some parsers do not read as strings.
  ...['yes', 'No', 'on', 'OFF', 'y', 'Y', 'N', 'null', 'NULL', 'true', 'True', '<<', '=', '.inf', '-.INF'],
  ...['.NaN', '2001-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '2001-01-01 00:00:00'],
  ...[
    '0',
    '1.30',
    '0755',
    '08',
    '0o17',
    '0O17',
    '-0o17',
    '0x1f',
    '0X1F',
    '-0x1F',
    '0x',
    '0b11',
    '-0b1',
    '1_000',
  ],
  ...['1_0.5', '_1', '1e3', '1E3', '1e+3', '.5', '+.5', '1.', '+1', '1:30', '190:20:30.15', '0x1p-2'],
  ...['18446744073709551616', '\ta\nb', '\n\ta\n', ' \ta\nb', 'a\n---\nb', '%a\nb', 'x'.repeat(90)],
  'word '.repeat(40),
];

/** Strings of characters that parsers of YAML have special rules for. */
export const yamlStrings = fc.oneof(
  fc.constantFrom(...specialStrings),
  fc
    .array(fc.constantFrom(...specialStrings, 'e', 'x', 'o', '_', '9', '.', '+'), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
