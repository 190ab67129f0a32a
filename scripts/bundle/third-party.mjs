import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const introduction = `The files in lib/ contain code of the packages below. Each is distributed under its own license.
`;

/** The notice about the packages of which bundled modules are part: their names, versions and licenses. */
export function thirdPartyNotice(modules) {
  const folders = new Set(modules.filter((file) => file.includes('/node_modules/')).map(packageFolder));
  // Many have the same text.
  const packagesOf = new Map();
  for (const { title, text } of [...folders].map(licenseOf)) {
    packagesOf.set(text, new Set(packagesOf.get(text)).add(title));
  }
  const notices = [...packagesOf].map(([text, titles]) => `${[...titles].sort().join('\n')}\n\n${text}\n`);
  return [introduction, ...notices.sort()].join(`\n${'-'.repeat(80)}\n`);
}

/** The folder of the package that a file is part of. */
function packageFolder(file) {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    // Some packages have a package.json in a folder within them that says no more than the type of its modules.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined)
      return folder;
  }
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${folder}/package.json names no license.`);
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { title: `${name} ${version}: ${license}`, text };
}
