/** A member as it is spoken of: its MSP id without what marks it as one. */
export function memberName(id: string): string {
  return id.replace(/MSP$/u, '');
}
