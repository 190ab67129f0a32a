import { randomBytes } from 'node:crypto';
import type { Problem } from '../../mesh/problem';
import type { AgeEncryptedKey, SopsDataKey } from './sops-file';

/**
 * Makes a data key, and encrypts it for each recipient.
 *
 * @param cluster the name of the cluster whose recipients these are, for problems to tell
 * @param problems gets every recipient for which nothing can be encrypted
 */
export async function sopsDataKey(
  recipients: readonly string[],
  cluster: string,
  problems: Problem[],
): Promise<SopsDataKey> {
  const { armor, Encrypter } = await import('age-encryption');
  const key = randomBytes(32);
  const age: AgeEncryptedKey[] = [];
  for (const recipient of new Set(recipients)) {
    const encrypter = new Encrypter();
    try {
      encrypter.addRecipient(recipient);
    } catch {
      problems.push(notARecipient(recipient, cluster));
      continue;
    }
    age.push({ recipient, enc: armor.encode(await encrypter.encrypt(new Uint8Array(key))) });
  }
  return { key, age };
}

function notARecipient(recipient: string, cluster: string): Problem {
  return {
    code: 'SECRET-RECIPIENT',
    place: { file: cluster },
    found: `Nothing can be encrypted for ${recipient}: it is not a public key of age, or of a kind that needs a plugin.`,
    remedy: 'Write the public key that age-keygen -y prints into sops.age.',
  };
}
