import { contextTag, DerError, type DerReader, tags } from './der-reader';

/** What a CA certificate demands of the certificate policies below it. */
export interface PolicyConstraints {
  readonly hasPolicies?: boolean;
  /** After how many certificates each one must have a policy; undefined if none need one. */
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
  /** Whether a policy is mapped to anyPolicy, or from it. */
  readonly mapsAnyPolicy?: boolean;
}

const anyPolicy = '551d2000';

/** The readers of the extensions with certificate policies, by OID. */
export const policyReaders: Readonly<Record<string, (der: DerReader) => PolicyConstraints>> = {
  '2.5.29.32': (der) => {
    const list = der.enter(tags.sequence);
    const seen = new Set<string>();
    while (!list.isEmpty) {
      const policy = list.enter(tags.sequence).content(tags.oid);
      const text = policy.toString('hex');
      if (seen.has(text) || !isOid(policy))
        throw new DerError('it has an invalid certificate policy, or the same one twice');
      seen.add(text);
    }
    return { hasPolicies: seen.size > 0 };
  },
  '2.5.29.33': (der) => {
    const list = der.enter(tags.sequence);
    let mapsAnyPolicy = false;
    while (!list.isEmpty) {
      const mapping = list.enter(tags.sequence);
      const policies = [mapping.content(tags.oid), mapping.content(tags.oid)];
      mapsAnyPolicy ||= policies.some((policy) => policy.toString('hex') === anyPolicy);
    }
    return { mapsAnyPolicy };
  },
  '2.5.29.36': (der) => {
    const fields = der.enter(tags.sequence);
    const requireExplicitPolicy = skipCount(fields, contextTag(0));
    const inhibitPolicyMapping = skipCount(fields, contextTag(1));
    return { requireExplicitPolicy, inhibitPolicyMapping };
  },
  '2.5.29.54': (der) => {
    const bytes = der.integer();
    if (bytes.length > 8) der.fail();
    return {};
  },
};

/** A number that is negative has no effect. */
function skipCount(fields: DerReader, tag: number): number | undefined {
  if (!fields.hasNext(tag)) return undefined;
  const bytes = fields.integer(tag);
  if (bytes.length > 8) fields.fail();
  return (bytes[0] ?? 0) >= 0x80 ? undefined : Number(BigInt(`0x${bytes.toString('hex')}`));
}

/** Whether each number is written in its shortest form, and the last one completely. */
function isOid(bytes: Buffer): boolean {
  const isStart = (index: number): boolean => index === 0 || (bytes[index - 1] ?? 0) < 0x80;
  return (bytes.at(-1) ?? 0x80) < 0x80 && !bytes.some((byte, index) => byte === 0x80 && isStart(index));
}
