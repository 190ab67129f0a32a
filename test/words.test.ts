import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * Words that readers stumble over, as regular expressions, each with what to write instead. Add to the list
 * what a review finds; do not take anything off it.
 */
const forbidden: readonly (readonly [word: string, instead: string])[] = [
  // Archaic or bookish.
  ['mend(s|ed|ing)?', 'fix'],
  ['anew', 'again'],
  ['forthwith', 'at once'],
  ['(al)?beit|be it', 'even if, or a list'],
  ['lest', 'so that … not'],
  ['shall', 'must, or the present tense'],
  ['hence|thus', 'so, or therefore'],
  ['thereby|therewith|thereupon|therein|thereof', 'name the thing'],
  ['whence|whereby|wherein|whereupon|herein', 'from which, by which, in which'],
  ['amongst|whilst', 'among, while'],
  ['for want of|in want of', 'without, or because … is missing'],
  ['want(s|ing)? a|wants an', 'needs a'],
  ['of use', 'useful'],
  ['in vain', 'without success'],
  ['alike', 'in the same way'],
  // Pronouns that stand for a user or a component.
  ['nobody|somebody|everybody', 'name who: a user, a controller, a cluster'],
  ['whoever|whosever|whomever', 'name who'],
  ['whatever|whichever', 'any, or name the thing'],
  ["one's own|of ones own", 'your own'],
  // Constructions of this project's past.
  ['lies? open', 'is in plain text'],
  ['(is|are|was|were) to be', 'must be, or will be'],
  ['change places', 'swap'],
  ['(say|says|said) of', 'sets, or describes'],
  ['(tell|tells|told) of', 'reports'],
  ['(is|are|be|been) told', 'reports, or is set'],
  ['else than', 'other than'],
  ['no other than', 'only'],
  ['gives? away', 'reveals'],
  ['misspelt', 'misspelled'],
  // Terms that another term has replaced.
  // The property of Istio's VirtualServices is not a word.
  ['faults?(?!\\?|: \\{)|findings?|contradictions?|mistakes?', 'problem'],
  ['remed(y|ies)', 'hint'],
  ['judg(e|es|ed|ing|ment|ments|ement|ements)', 'validate'],
  ['strangers?', 'a cluster without a shared root, or a new project'],
  ['engines? of delivery|delivery engines?', 'GitOps tool'],
  ['kept (secret|folder|record|file)s?', 'record, or encrypted Secrets folder'],
  ['wanted differences?', 'allowed differences'],
  ['roads?', 'walkthrough, or way'],
  ['istio\\.alongside|secrets\\.form|delivery\\.engine', 'istio.canary, secrets.backend, gitops.tool'],
];

/** Where old names must stand: what turns them down, and what says how to migrate. */
const allowed =
  /^(CHANGELOG\.md|docs\/upgrading\.md|src\/mesh\/renamed-keys\.ts|test\/mesh\/.*renamed.*\.ts)$/;

const texts = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|mts|mjs|cjs|md|ya?ml|json)$|^\.ci\/|^(LICENSE|NOTICE)$/.test(file))
  .filter((file) => !/^(imports\/|package-lock\.json$|test\/words\.test\.ts$)/.test(file))
  .filter((file) => existsSync(file) && !allowed.test(file))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n') }));

test.each(forbidden)('nothing says %s; write: %s', (word) => {
  const pattern = new RegExp(`\\b(?:${word})\\b`, 'i');
  const uses = texts.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(uses).toEqual([]);
});

test('the texts of every room are read', () => {
  const folders = new Set(texts.map(({ file }) => file.split('/').slice(0, -1).join('/')));
  for (const folder of ['', 'docs', 'examples', 'scripts', 'src/cli', 'src/mesh', 'test/e2e']) {
    expect(folders).toContain(folder);
  }
});
