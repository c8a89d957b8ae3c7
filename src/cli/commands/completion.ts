import { Argument, type Command, Command as CommanderCommand } from 'commander';
import { ERROR_CODES } from '../../core/errors.ts';
import { bashCompletion } from '../../report/completion/bash.ts';
import { fishCompletion } from '../../report/completion/fish.ts';
import { type CompletedCommand, SHELLS, type ShellName } from '../../report/completion/model.ts';
import { zshCompletion } from '../../report/completion/zsh.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  eval "$(easyflip completion bash)"                          in ~/.bashrc
  source <(easyflip completion zsh)                           in ~/.zshrc, after compinit
  easyflip completion fish > ~/.config/fish/completions/easyflip.fish

Completes commands, options, what options may be, and files. Made from the program itself: write it anew after an update.`;

const WRITERS: Readonly<Record<ShellName, (all: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const completionCommand = (shell: Shell): Command =>
  new CommanderCommand('completion')
    .description('words for the Tab key of your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices([...SHELLS]))
    .addHelpText('after', EXAMPLES)
    .action((name: ShellName, _flags: unknown, command: Command) => {
      const program = command.parent ?? command;
      shell.out.write(WRITERS[name](completedCommands(program)));
    });

/** The program and everything below it. */
function completedCommands(program: Command): readonly CompletedCommand[] {
  const visit = (command: Command, path: readonly string[]): readonly CompletedCommand[] => [
    {
      path,
      description: command.description(),
      options: [
        ...command.options.map(({ long, short, description, required, optional, argChoices }) => ({
          flag: long ?? short ?? '',
          description,
          takesValue: required || optional,
          choices: argChoices ?? [],
        })),
        { flag: '--help', description: 'display help for command', takesValue: false, choices: [] },
      ],
      words: path.join(' ') === 'explain' ? ERROR_CODES : (command.registeredArguments[0]?.argChoices ?? []),
    },
    ...command.commands.flatMap((sub) => visit(sub, [...path, sub.name()])),
  ];
  return visit(program, []);
}
