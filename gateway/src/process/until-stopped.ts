/** What a process that serves reacts to. */
export interface Served {
  reloadCertificate(): Promise<void>;
  /** @returns how many requests were cut off */
  close(): Promise<number>;
}

/** What closing may take beyond the time for requests, milliseconds: files, spans, the ledger's last block. */
const BEYOND_MS = 10_000;

/**
 * Serves until SIGTERM or SIGINT, then closes; SIGHUP reads the certificate again. A second signal to stop ends the
 * process at once, and so does a closing that takes longer than it may.
 * @param shutdownSeconds how long accepted requests may take to finish
 * @returns the exit code: 0, or 1 when requests were cut off
 */
export async function untilStopped(served: Served, shutdownSeconds: number): Promise<number> {
  const reload = () => void served.reloadCertificate();
  process.on('SIGHUP', reload);
  await signalled();
  void signalled().then(() => process.exit(1));
  const late = setTimeout(
    () => {
      console.error('stopped before everything was closed: what was accepted last may be unknown');
      process.exit(1);
    },
    shutdownSeconds * 1000 + BEYOND_MS,
  );
  const cutOff = await served.close();
  clearTimeout(late);
  process.off('SIGHUP', reload);
  if (cutOff === 0) return 0;
  console.error(`stopped after ${shutdownSeconds} s: ${cutOff} requests were cut off`);
  return 1;
}

function signalled(): Promise<void> {
  return new Promise((done) => {
    const names = ['SIGINT', 'SIGTERM'] as const;
    const stop = () => {
      for (const name of names) process.off(name, stop);
      done();
    };
    for (const name of names) process.on(name, stop);
  });
}
