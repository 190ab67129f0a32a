import { readdirSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';

/** A fenced block of a page. */
export interface Block {
  /** What follows the opening fence, such as `sh` or `yaml fragment`. */
  readonly info: string;
  readonly text: string;
  /** The nearest heading before it. */
  readonly heading: string;
}

/** A link to a file of the repository, or to a heading of the page itself. */
export interface Link {
  /** The file, from the top of the repository. */
  readonly file: string;
  readonly anchor: string;
}

/** A Markdown page of the documentation. */
export class Page {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly headings: readonly string[];
  /** The page without its blocks. */
  readonly prose: string;

  /** @param path the file, from the top of the repository */
  constructor(readonly path: string) {
    this.text = readFileSync(path, 'utf8');
    const blocks: Block[] = [];
    const headings: string[] = [];
    const prose: string[] = [];
    let block: { info: string; lines: string[] } | undefined;
    for (const line of this.text.split('\n')) {
      const fence = /^```(.*)$/.exec(line);
      if (block !== undefined && fence) {
        const text = block.lines.map((each) => `${each}\n`).join('');
        blocks.push({ info: block.info, text, heading: headings.at(-1) ?? '' });
        block = undefined;
      } else if (block !== undefined) {
        block.lines.push(line);
      } else if (fence) {
        block = { info: fence[1] ?? '', lines: [] };
      } else {
        prose.push(line);
        const heading = /^#+ (.*)$/.exec(line)?.[1];
        if (heading !== undefined) headings.push(heading);
      }
    }
    if (block !== undefined) throw new Error(`${path}: a block has no end`);
    this.blocks = blocks;
    this.headings = headings;
    this.prose = prose.join('\n');
  }

  /** The names by which links reach the headings, as GitHub makes them. */
  get anchors(): string[] {
    return this.headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
  }

  get links(): Link[] {
    return [...this.prose.matchAll(/\]\(([^()\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => {
        const [file = '', anchor = ''] = target.split('#');
        return { file: file === '' ? this.path : normalize(`${dirname(this.path)}/${file}`), anchor };
      });
  }

  /** The content of the inline code of the prose. */
  get codeSpans(): string[] {
    return [...this.prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  }

  /** The blocks of a language that are whole, and no fragments. */
  blocksOf(info: string): string[] {
    return this.blocks.filter((block) => block.info === info).map(({ text }) => text);
  }
}

/** All pages of the documentation. */
export function pages(): Page[] {
  const inFolder = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => normalize(`${folder}/${name}`));
  return [...inFolder('.'), ...inFolder('docs')].map((path) => new Page(path));
}
