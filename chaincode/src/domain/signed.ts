/** Who signed something, by which command, and when it happened. */
export interface Signed {
  readonly actor: string;
  readonly command: string;
  readonly at: string;
}

/** The signature that a command puts on what it writes. */
export function signedBy(command: {
  readonly actor: string;
  readonly id: string;
  readonly at: string;
}): Signed {
  return { actor: command.actor, command: command.id, at: command.at };
}
