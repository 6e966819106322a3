/** `thing` without some of its members. */
export function without<T extends object, K extends keyof T>(
  thing: T,
  ...members: readonly K[]
): Omit<T, K> {
  const rest: Omit<T, K> = { ...thing };
  for (const member of members) Reflect.deleteProperty(rest, member);
  return rest;
}
