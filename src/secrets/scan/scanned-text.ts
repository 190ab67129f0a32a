/**
 * The text of a file, one character for each byte of a file that is not UTF-16. Windows PowerShell, for example,
 * redirects output to files in UTF-16.
 */
export function scannedText(content: Buffer): string {
  const order = byteOrder(content);
  if (order === undefined) return content.toString('latin1');
  const even = content.subarray(0, content.length - (content.length % 2));
  return (order === 'little' ? even : Buffer.from(even).swap16()).toString('utf16le');
}

/** The byte order of a text in UTF-16, which its first character can name; undefined for other files. */
function byteOrder(content: Buffer): 'little' | 'big' | undefined {
  if (content[0] === 0xff && content[1] === 0xfe) return 'little';
  if (content[0] === 0xfe && content[1] === 0xff) return 'big';
  const start = content.subarray(0, 512);
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Half of the bytes of a text in Latin letters are 0.
  const most = start.length * 0.4;
  if (odd > most && even === 0) return 'little';
  return even > most && odd === 0 ? 'big' : undefined;
}
