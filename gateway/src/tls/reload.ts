import type { Server } from 'node:https';
import type { Logger } from 'pino';
import type { SecureContextOptions } from 'node:tls';
import { type CertificateFiles, fingerprintOf, readSecureContext } from './certificates.js';

/** How often the files are looked at, milliseconds. */
const LOOK_MS = 2000;

/** Reads the listener's certificate again when its files change, or when told to. Connections that stand go on. */
export class CertificateReload {
  readonly #server: Server;
  readonly #files: CertificateFiles;
  readonly #logger: Logger;
  readonly #context: () => Promise<SecureContextOptions>;
  #seen: string;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();

  constructor(
    server: Server,
    files: CertificateFiles,
    seen: string,
    logger: Logger,
    lookEvery = LOOK_MS,
    context = () => readSecureContext(files),
  ) {
    this.#server = server;
    this.#files = files;
    this.#seen = seen;
    this.#logger = logger;
    this.#context = context;
    this.#timer = setInterval(() => void this.look(), lookEvery);
    this.#timer.unref();
  }

  /** Reads the files again if they changed since. */
  look(): Promise<void> {
    return this.#next(async () => {
      const found = await fingerprintOf(this.#files);
      if (found === this.#seen) return;
      this.#seen = found;
      await this.#read();
    });
  }

  /** Reads the files again. What does not fit together is logged, and the certificate before stays. */
  reload(): Promise<void> {
    return this.#next(() => this.#read());
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#underWay = this.#underWay.then(work);
    return this.#underWay;
  }

  async #read(): Promise<void> {
    try {
      this.#server.setSecureContext(await this.#context());
      this.#logger.info('certificate read again');
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.#logger.error({ reason }, 'certificate not taken: the one before stays');
    }
  }
}
