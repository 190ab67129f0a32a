/**
 * SOPS: encrypted for the holders of keys.
 *
 * @see https://getsops.io
 */
export interface SopsDefinition {
  /**
   * The age recipients that can decrypt, such as age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p.
   */
  readonly age: readonly string[];
}

const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * Whether the checksum of a text in Bech32, such as a public key of age, is right, so that no letter of it
 * is mistyped.
 *
 * @see https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
 */
export function hasBech32Checksum(text: string): boolean {
  const separator = text.lastIndexOf('1');
  const prefix = [...text.slice(0, separator)].map((letter) => letter.charCodeAt(0));
  const values = [...text.slice(separator + 1)].map((letter) => letters.indexOf(letter));
  if (separator < 1 || values.length < 6 || values.includes(-1)) return false;
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...values];
  return expanded.reduce(polymod, 1) === 1;
}

function polymod(checksum: number, value: number): number {
  const top = checksum >>> 25;
  return generators.reduce(
    (sum, generator, bit) => ((top >>> bit) & 1 ? sum ^ generator : sum),
    ((checksum & 0x1ffffff) << 5) ^ value,
  );
}
