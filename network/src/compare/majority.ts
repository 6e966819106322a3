/**
 * Names those who say otherwise than more than half of all.
 * @returns nobody when all agree; undefined when no value has more than half of them
 */
export function oddOnes(said: ReadonlyMap<string, string>): string[] | undefined {
  const count = new Map<string, number>();
  for (const value of said.values()) count.set(value, (count.get(value) ?? 0) + 1);
  const [common] = [...count].find(([, times]) => times * 2 > said.size) ?? [];
  if (common === undefined) return undefined;
  return [...said].filter(([, value]) => value !== common).map(([name]) => name);
}

/** Whether all say the same. */
export function allAgree(said: ReadonlyMap<string, string>): boolean {
  return new Set(said.values()).size <= 1;
}
