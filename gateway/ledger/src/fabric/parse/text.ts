/** UTF-8 bytes as text; bytes that are no UTF-8 show as U+FFFD, so that nobody can make a block unreadable. */
export function readText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
