import { below, type CompletedCommand, quoted } from './model.ts';

/** zsh 5 with its own completion system; descriptions are shown beside the words. */
export function zshCompletion(all: readonly CompletedCommand[]): string {
  const described = (name: string, description: string): string => quoted(`${name.replaceAll(':', '\\:')}:${description}`);
  const cases = all.map(({ path, options, words }) => {
    const next = [
      ...below(all, path).map(({ path: names, description }) => described(names.at(-1) ?? '', description)),
      ...words.map((word) => described(word, '')),
    ];
    return `    ${quoted(path.join(' '))})
      next=(${next.join(' ')})
      options=(${options.map(({ flag, description }) => described(flag, description)).join(' ')})
      case "$previous" in
${options
  .filter(({ takesValue }) => takesValue)
  .map(({ flag, choices }) => `        ${flag}) value=1; choices=(${choices.map(quoted).join(' ')}) ;;`)
  .join('\n')}
        *) ;;
      esac ;;`;
  });
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')));
  return `#compdef easyflip
# zsh completion of easyflip: source <(easyflip completion zsh), or save it as _easyflip in a folder of $fpath.
_easyflip() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}" trail='' word value=''
  local -a next options choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${trail:+$trail }$word" in
      ${paths.join(' | ')}) trail="\${trail:+$trail }$word" ;;
    esac
  done
  case "$trail" in
${cases.join('\n')}
  esac
  if [[ -n "$value" ]]; then
    if (( \${#choices} )); then compadd -a choices; else _files; fi
  elif [[ "$current" == -* ]]; then
    _describe option options
  elif (( \${#next} )); then
    _describe command next
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == _easyflip ]]; then _easyflip "$@"; else compdef _easyflip easyflip; fi
`;
}
