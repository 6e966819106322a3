/** How an argument is written in the help: `COI`, `HAND-OFF`. */
export function argumentLabel(name: string): string {
  return kebab(name).toUpperCase();
}

/** An option's name: `late-reason`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
