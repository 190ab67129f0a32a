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
