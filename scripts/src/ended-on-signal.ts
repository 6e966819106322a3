const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does some work, and closes what it works on: afterwards, and when this process is told to end before, so that no
 * process of a network stays behind.
 */
export async function endedOnSignal<T>(
  opened: { close(): Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const handler = () => void opened.close().finally(() => process.exit(code));
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  try {
    return await work();
  } finally {
    for (const forget of handlers) forget();
    await opened.close();
  }
}
