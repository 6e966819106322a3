/** Compares keys by their UTF-8 bytes, as LevelDB and Fabric order them; UTF-16 order differs above U+FFFF. */
export function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
