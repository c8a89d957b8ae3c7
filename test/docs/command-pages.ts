import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';

/** Wide enough that few lines break. */
const WIDTH = 110;

export interface CommandPage {
  /** `group merge`. */
  readonly name: string;
  readonly description: string;
  /** What `--help` prints, word for word. */
  readonly help: string;
  readonly parent: boolean;
}

const program = (): Command => {
  const nowhere = { write: () => true } as never;
  return createProgram({ env: {}, out: nowhere, err: nowhere, exit: () => {} }, '0.0.0');
};

/** Every command and subcommand with its own help, as the program itself prints it, in the program's order. */
export function commandPages(): readonly CommandPage[] {
  const pages: CommandPage[] = [];
  const visit = (command: Command, before: string): void => {
    const name = `${before}${command.name()}`;
    pages.push({ name, description: command.description(), help: helpOf(command), parent: command.commands.length > 0 });
    for (const sub of command.commands) visit(sub, `${name} `);
  };
  for (const command of program().commands) visit(command, '');
  return pages;
}

/** With the texts that are added after it. */
function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help.trimEnd();
}
