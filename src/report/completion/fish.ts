import { below, type CompletedCommand, quoted } from './model.ts';

/** fish 3. Its words are told one by one; files are completed where nothing else is known. */
export function fishCompletion(all: readonly CompletedCommand[]): string {
  const lines = all.flatMap(({ path, options, words }) => {
    const subs = below(all, path);
    const here = `__easyflip_at ${quoted(path.join(' '))}`;
    const say = (rest: string): string => `complete -c easyflip -n ${quoted(here)} ${rest}`;
    return [
      ...subs.map(({ path: names, description }) => say(`-f -a ${quoted(names.at(-1) ?? '')} -d ${quoted(description)}`)),
      ...(words.length > 0 ? [say(`-f -a ${quoted(words.join(' '))}`)] : []),
      ...options.map(({ flag, description, takesValue, choices }) =>
        say(
          [
            flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
            takesValue ? (choices.length > 0 ? `-x -a ${quoted(choices.join(' '))}` : '-r') : '',
            `-d ${quoted(description)}`,
          ]
            .filter((part) => part !== '')
            .join(' '),
        ),
      ),
    ];
  });
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  return `# fish completion of easyflip: easyflip completion fish | source, or save it as ~/.config/fish/completions/easyflip.fish
function __easyflip_at
  set -l trail ''
  for word in (commandline -opc)[2..-1]
    set -l longer (string trim -- "$trail $word")
    if contains -- "$longer" ${paths.join(' ')}
      set trail "$longer"
    end
  end
  test "$trail" = "$argv[1]"
end
${lines.join('\n')}
`;
}
