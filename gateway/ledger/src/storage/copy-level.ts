import { ClassicLevel } from 'classic-level';

/** How much is read before it is written, bytes. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_ENTRIES = 4096;

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  /** told how many entries are copied */
  readonly onProgress?: ((entries: number) => void) | undefined;
}

/**
 * Copies what a snapshot of a database shows into a new database, while the first one goes on. The copy is whole, and
 * may not be on disk yet, when this returns.
 * @throws the signal's reason, or classic-level's error
 */
export async function copyLevel(
  source: ClassicLevel,
  snapshot: ReturnType<ClassicLevel['snapshot']>,
  directory: string,
  { signal, onProgress }: CopyOptions = {},
): Promise<void> {
  const raw = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const;
  const target = new ClassicLevel<Buffer, Buffer>(directory, { ...raw, errorIfExists: true });
  await target.open();
  try {
    const iterator = source.iterator<Buffer, Buffer>({
      ...raw,
      snapshot,
      highWaterMarkBytes: CHUNK_BYTES,
    });
    try {
      let copied = 0;
      for (;;) {
        signal?.throwIfAborted();
        const entries = await iterator.nextv(CHUNK_ENTRIES);
        if (entries.length === 0) break;
        await target.batch(entries.map(([key, value]) => ({ type: 'put', key, value })));
        copied += entries.length;
        onProgress?.(copied);
      }
    } finally {
      await iterator.close();
    }
  } finally {
    await target.close();
  }
}
