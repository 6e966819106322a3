import type { CliCommand } from './command.js';

/** The shells that can complete. */
export const SHELLS = ['bash', 'zsh'] as const;

interface Words {
  readonly commands: readonly (CliCommand & { readonly name: string })[];
  /** options that every command takes, with their dashes */
  readonly common: readonly string[];
  /** how the shell starts the command line */
  readonly start: string;
}

/** A shell script that defines the command `veinledger` and completes its commands, options and their values. */
export function completionScript(shell: (typeof SHELLS)[number], words: Words): string {
  const { commands, common, start } = words;
  const cases = commands.flatMap(({ name, options, arguments: args }) => [
    ...options.flatMap(({ name: option, values }) =>
      values === undefined ? [] : [`    ${name}:--${option}) words='${values.join(' ')}' ;;`],
    ),
    `    ${name}:*) words='${[...args.flatMap(({ values = [] }) => values), ...options.map((each) => `--${each.name}`), ...common].join(' ')}' ;;`,
  ]);
  const lines = [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    `veinledger() { ${start} "$@"; }`,
    '_veinledger() {',
    // by the line: COMP_WORDS ends at the colon of a command's type, which is among bash's word breaks
    '  local line="${COMP_LINE:0:COMP_POINT}" command before words',
    '  local current="${line##*[[:space:]]}"',
    '  set -- ${line%"$current"}',
    '  command="${2-}"',
    '  for before in "$@"; do :; done',
    '  case "$command:$before" in',
    ...cases,
    `    *) words='${[...commands.map(({ name }) => name), ...common].join(' ')}' ;;`,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if [[ "$current" == *:* && "${COMP_WORDBREAKS-}" == *:* ]]; then',
    '    COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*:}"}"}")',
    '  fi',
    '}',
    'complete -o default -F _veinledger veinledger',
  ];
  return lines.join('\n');
}
