import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Profile, Question, Usage } from './gateway-messages.js';

type Told = Answer['told'];

/** A gateway with its ledger in a process of its own. */
export class ServedGateway {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /**
   * Starts one on the home in a directory.
   * @throws Error when it does not start
   */
  static async start(directory: string): Promise<ServedGateway> {
    const file = fileURLToPath(new URL('gateway-process.js', import.meta.url));
    const child = fork(file, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const { url } = await answerOf(child, 'listening');
    return new ServedGateway(url, child);
  }

  async usage(): Promise<Usage> {
    return (await this.#ask('usage', 'usage')).usage;
  }

  async startProfile(): Promise<void> {
    await this.#ask('start-profile', 'profiling');
  }

  async stopProfile(): Promise<Profile> {
    return (await this.#ask('stop-profile', 'profile')).profile;
  }

  /** Lets it finish what it accepted. */
  async stop(): Promise<void> {
    await this.#ask('stop', 'stopped');
  }

  #ask<T extends Told>(question: Question, told: T): Promise<Extract<Answer, { told: T }>> {
    const answered = answerOf(this.#child, told);
    this.#child.send(question);
    return answered;
  }
}

/** One question at a time is under way, so that the next message answers it. */
function answerOf<T extends Told>(
  child: ChildProcess,
  told: T,
): Promise<Extract<Answer, { told: T }>> {
  return new Promise((done, failed) => {
    const ended = (code: number | null) =>
      failed(new Error(`the gateway's process ended with ${String(code)}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      const answer = message as Answer;
      if (isTold(answer, told)) done(answer);
      else failed(new Error(`expected ${told} of the gateway's process, found ${answer.told}`));
    });
  });
}

function isTold<T extends Told>(answer: Answer, told: T): answer is Extract<Answer, { told: T }> {
  return answer.told === told;
}
