import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/create-program';

const commandNames = createProgram().commands.map((command) => command.name());

/** The full help of the program or of one of its commands. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

function commandOf(program: Command, name: string | undefined): Command {
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (command === undefined) throw new Error(`istio-mesh has no command ${name}.`);
  return command;
}

/** The command lines at the end of a help text, as arguments of the program. */
function examples(help: string): string[][] {
  return [...help.matchAll(/^ {2}istio-mesh ([^#\n]+)/gm)].map(([, line = '']) => line.trim().split(/\s+/));
}

/** Parses arguments without running the command. */
async function parsedCommand(args: readonly string[]): Promise<string> {
  const program = createProgram();
  const command = commandOf(program, args[0]);
  let run = '';
  command.exitOverride().configureOutput({ writeErr: () => {} });
  command.action(() => {
    run = command.name();
  });
  await program.exitOverride().parseAsync([...args], { from: 'user' });
  return run;
}

describe('the help of the program', () => {
  test('lists the commands in their usual order', () => {
    expect(commandNames).toEqual([
      'init',
      'synth',
      'join',
      'verify',
      'check',
      'secrets',
      'ca',
      'rotate',
      'remove',
      'upgrade',
    ]);
  });

  test('shows command lines that the parser accepts', async () => {
    const lines = examples(helpOf(createProgram()));
    expect(lines).toHaveLength(4);
    for (const args of lines) expect(await parsedCommand(args)).toBe(args[0]);
  });

  test('loads no Kubernetes client', () => {
    const program = join(process.cwd(), 'lib/bin/program.js');
    const script = `process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));
      require(${JSON.stringify(program)});`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, '--', '--help'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('Usual order:');
    expect(stderr.split('\n')).toContain(program);
    expect(stderr).not.toMatch(/kubernetes-client|kubernetes-objects|age-encryption/);
  });
});

describe.each(commandNames)('the help of %s', (name) => {
  const help = helpOf(commandOf(createProgram(), name));

  test('shows examples that the parser accepts', async () => {
    const lines = examples(help);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const args of lines) expect(await parsedCommand(args)).toBe(name);
  });

  test('describes the command in at least two sentences', () => {
    const description = commandOf(createProgram(), name).description();
    expect(description.match(/\.( |$)/g)?.length).toBeGreaterThanOrEqual(2);
  });
});

test('the parser rejects options that do not exist', async () => {
  await expect(parsedCommand(['synth', '--ouput', 'x'])).rejects.toMatchObject({
    code: 'commander.unknownOption',
  });
});
