/** Private keys, tokens and passwords that a user wrote in the wrong place. Error messages end up in logs. */
const sensitiveText =
  /AGE-SECRET-KEY-\w+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*|\beyJ[\w-]{10,}[\w.-]*|(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** What follows a key or a parameter whose name tells that its value is secret. */
const secretValue =
  /(?<=(?:password|passwd|token|secret|private[-_]?key|key-data|credential)["']?\s*[:=]\s*)[^\s&][^&]*/gi;

/** A value without keys, tokens and passwords. */
export function withoutSecrets(text: string): string {
  return text.replace(sensitiveText, '…');
}

/** A line of a file whose keys, tokens and passwords are covered. Its other characters keep their columns. */
export function maskSecrets(line: string): string {
  const cover = (secret: string): string => '*'.repeat(secret.length);
  return line.replace(sensitiveText, cover).replace(secretValue, cover);
}
