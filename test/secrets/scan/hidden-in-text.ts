import fc from 'fast-check';

const anything = fc.string({ unit: 'binary-ascii', maxLength: 60 });

/** Wraps a text into indented lines, as in YAML, base64 or PEM. */
function wrapped(text: string, width: number, indentation: number): string {
  const lines = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return lines.map((line) => `\n${' '.repeat(indentation)}${line}`).join('');
}

/** A text that contains a secret. */
interface Hidden {
  readonly secret: string;
  /** The secret and the text around it, before encoding. */
  readonly plain: string;
  readonly text: string;
}

/** The encodings of a text that contains a secret. */
const writings: fc.Arbitrary<(text: string) => Omit<Hidden, 'secret'>> = fc
  .record({
    before: anything,
    after: anything,
    times: fc.integer({ min: 0, max: 2 }),
    wrap: fc.option(
      fc.record({ width: fc.integer({ min: 40, max: 100 }), indentation: fc.integer({ min: 0, max: 24 }) }),
    ),
  })
  .map(({ before, after, times, wrap }) => (text) => {
    const plain = `${before} ${text} ${after}`;
    let written = plain;
    for (let time = 0; time < times; time += 1) written = Buffer.from(written, 'latin1').toString('base64');
    const isWrapped = wrap !== null && times > 0;
    const value = isWrapped ? `|${wrapped(written, wrap.width, wrap.indentation)}` : written;
    return { plain, text: `key: ${value}\n` };
  });

/** Texts with a secret in them, in any alignment, depth and indentation. */
export const hidden = (secrets: fc.Arbitrary<string>): fc.Arbitrary<Hidden> =>
  fc.tuple(secrets, writings).map(([secret, write]) => ({ secret, ...write(secret) }));
