/** How a noun is called where names are written as types are: `hand-off` is `HandOff`. */
export function typeNameOf(noun: string): string {
  return noun.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** How a noun is called where names are written as members are: `hand-off` is `handOff`. */
export function memberNameOf(noun: string): string {
  return noun.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
