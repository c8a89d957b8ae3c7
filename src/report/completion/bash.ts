import { below, type CompletedCommand, quoted } from './model.ts';

/**
 * bash 3.2 and newer, without bash-completion. Words that are no command, option or known value are left to the shell, which
 * completes files.
 */
export function bashCompletion(all: readonly CompletedCommand[]): string {
  const cases = all.map(({ path, options, words }) => {
    const next = [...below(all, path).map(({ path: names }) => names.at(-1) ?? ''), ...words];
    const values = options.filter(({ takesValue }) => takesValue);
    return `    ${quoted(path.join(' '))})
      next=${quoted(next.join(' '))}
      options=${quoted(options.map(({ flag }) => flag).join(' '))}
      case "$previous" in
${values.map(({ flag, choices }) => `        ${flag}) value=1; choices=${quoted(choices.join(' '))} ;;`).join('\n')}
        *) ;;
      esac ;;`;
  });
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  return `# bash completion of easyflip: eval "$(easyflip completion bash)", or save it and source the file.
_easyflip() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path='' word at next='' options='' value='' choices=''
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "\${path:+$path }$word" in
      ${paths.join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=()
  if [[ -n "$value" ]]; then
    [[ -n "$choices" ]] && COMPREPLY=($(compgen -W "$choices" -- "$current"))
  elif [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$next" -- "$current"))
  fi
  return 0
}
complete -o default -o bashdefault -F _easyflip easyflip
`;
}
