/**
 * Whether a parser of YAML 1.1 or 1.2 may read a plain scalar as anything but a string, as all of them do for
 * `true`, and some for `on`, `0o17`, `1_000`, `1:30` and `2001-01-01`.
 */
export function isAmbiguousWord(plain: string): boolean {
  return ambiguousWords.some((pattern) => pattern.test(plain));
}

/** What YAML 1.1 and the core schema of YAML 1.2 resolve, and the other spellings that Go's parsers accept. */
const ambiguousWords = [
  /^(?:|~|null|true|false|yes|no|on|off|y|n|<<|=)$/i,
  /^[-+]?(?:0b[01_]*|0o[0-7_]*|0x[\da-f_]*)$/i,
  /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.[\d_]+)(?:e[-+]?\d+)?$/i,
  // Numbers in base 60.
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t].*)?$/,
];

/**
 * Whether parsers of YAML 1.1, such as that of istioctl, read a plain scalar as another value than those of YAML
 * 1.2. Also true for infinity, which no Kubernetes object can have.
 */
export function isReadDifferently(plain: string): boolean {
  return readDifferently.some((pattern) => pattern.test(plain)) && !/^0x[\da-fA-F]+$/.test(plain);
}

const readDifferently = [
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|=)$/,
  /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-f_]+|0[\d_]+)$/i,
  // Numbers with underscores.
  /^[-+]?(?:\d[\d_]*_[\d_]*(?:\.[\d_]*)?|\d*\.\d[\d_]*_[\d_]*)(?:e[-+]?\d+)?$/i,
  // Numbers in base 60.
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d.*)?$/,
  /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
];

/** A string in double quotes on one line, which parsers of JSON, YAML and Go read as the same value. */
export function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(unprintable, escaped);
}

/** Whether a parser may read a string as something else, or not at all, unless it is {@link quoted}. */
export function needsQuotes(value: string): boolean {
  // Go's parser takes a tab at the start of a block for wrong indentation.
  return value.search(unprintable) !== -1 || isAmbiguousWord(value) || /^\n*\t/.test(value);
}

/** Characters that YAML allows only as escapes, or reads as line breaks. */
const unprintable = /(?![\t\n])[\p{Control}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
