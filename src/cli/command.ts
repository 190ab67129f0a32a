import { type Command, Option } from 'commander';

/** What `--help` shows of a command. */
export interface CommandHelp {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Two or three sentences: what the command does, and when to use it. */
  readonly description: string;
  readonly examples: readonly Example[];
}

interface Example {
  readonly purpose: string;
  readonly line: string;
}

/** Adds a command to the program. */
export function addCommand(program: Command, { name, summary, description, examples }: CommandHelp): Command {
  const lines = examples.flatMap(({ purpose, line }) => [`  # ${purpose}`, `  ${line}`, '']);
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .addHelpText('after', ['', 'Examples:', ...lines.slice(0, -1)].join('\n'));
}

/** The option of every command that reads mesh.yaml. */
export function meshFileOption(): Option {
  return new Option('--mesh-file <file>', 'the mesh definition').default('mesh.yaml');
}
