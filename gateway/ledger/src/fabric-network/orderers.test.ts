import { describe, expect, test } from '@jest/globals';
import type { Commit, Committer } from 'fabric-common';
import { ordererRefusal, wasNotSent, wasSentBefore } from '../fabric/failure.js';
import { PeerError } from '../fabric/peer-error.js';
import type { Connection } from './connection.js';
import type { Discovery } from './discovery.js';
import { Orderers } from './orderers.js';

type Answer = { readonly status: string; readonly info?: string } | Error;

/** Ordering nodes that answer what they are told to; undone once it is said, they take every transaction. */
class FakeOrderers {
  readonly sentTo: string[] = [];
  readonly answers = new Map<string, Answer>();
  discoveries = 0;
  /** so many times no peer tells where they are */
  silent = 0;
  readonly #committers: readonly Committer[];

  constructor(...names: string[]) {
    this.#committers = names.map(
      (name) => ({ name, mspid: 'HospitalMSP' }) as unknown as Committer,
    );
  }

  open(): Orderers {
    const channel = { getCommitters: () => [...this.#committers] };
    const discovery = {
      service: () => {
        this.discoveries += 1;
        if (this.discoveries > this.silent) return Promise.resolve();
        return Promise.reject(new PeerError({ texts: ['no peer answers'], mspIds: [] }));
      },
      forget: () => undefined,
    };
    return new Orderers({ channel } as unknown as Connection, discovery as unknown as Discovery);
  }

  readonly commit = {
    send: ({ targets: [committer] }: { targets: readonly Committer[] }) => {
      const { name = '' } = committer ?? {};
      this.sentTo.push(name);
      const answer = this.answers.get(name) ?? { status: 'SUCCESS' };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  } as unknown as Commit;
}

/** Sends once, on whichever way takes it. */
async function send(orderers: Orderers, commit: Commit): Promise<unknown> {
  let refused: unknown;
  for await (const way of orderers.ways(commit, 300)) {
    try {
      await way.send(Date.now() + 100);
      return undefined;
    } catch (error) {
      refused = error;
      way.failed();
    }
  }
  return refused;
}

describe('the ordering nodes that fabric-network sends to', () => {
  test('are one, the same as long as it takes transactions', async () => {
    const nodes = new FakeOrderers('one', 'two', 'three');
    const orderers = nodes.open();
    for (let times = 0; times < 3; times += 1) await send(orderers, nodes.commit);
    expect(nodes.sentTo).toEqual(['one', 'one', 'one']);
  });

  test('are another one when that is down, which then goes on being sent to', async () => {
    const nodes = new FakeOrderers('one', 'two', 'three');
    const orderers = nodes.open();
    await send(orderers, nodes.commit);
    nodes.answers.set('one', new Error('SERVICE UNAVAILABLE'));
    await send(orderers, nodes.commit);
    nodes.answers.delete('one');
    await send(orderers, nodes.commit);
    expect(nodes.sentTo).toEqual(['one', 'one', 'two', 'two']);
  });

  test('are asked for anew when none of them takes the transaction', async () => {
    const nodes = new FakeOrderers('one');
    nodes.answers.set('one', new Error('Committer one is not connected'));
    const refused = await send(nodes.open(), nodes.commit);
    expect(wasNotSent(refused)).toBe(true);
    expect(nodes.discoveries).toBeGreaterThan(1);
  });

  test('are looked for again while no peer tells where they are', async () => {
    const nodes = new FakeOrderers('one');
    nodes.silent = 1;
    expect(await send(nodes.open(), nodes.commit)).toBeUndefined();
    expect(nodes.sentTo).toEqual(['one']);
  });

  test('are another one while the first has not joined, which is no refusal', async () => {
    const nodes = new FakeOrderers('one', 'two');
    nodes.answers.set('one', { status: 'BAD_REQUEST', info: 'channel does not exist' });
    const orderers = nodes.open();
    expect(await send(orderers, nodes.commit)).toBeUndefined();
    expect(nodes.sentTo).toEqual(['one', 'two']);
    nodes.answers.set('two', { status: 'BAD_REQUEST', info: 'channel does not exist' });
    expect(ordererRefusal(await send(orderers, nodes.commit))).toBeUndefined();
  });

  test('are understood in what they refuse, and in what they have already', async () => {
    const nodes = new FakeOrderers('one');
    nodes.answers.set('one', { status: 'FORBIDDEN', info: 'expired' });
    const refused = await send(nodes.open(), nodes.commit);
    expect(ordererRefusal(refused)).toMatch(/status=FORBIDDEN, info=expired$/);
    const info = 'failed to submit request: request already processed';
    nodes.answers.set('one', { status: 'SERVICE_UNAVAILABLE', info });
    const twice = await send(nodes.open(), nodes.commit);
    expect([wasSentBefore(twice), ordererRefusal(twice)]).toEqual([true, undefined]);
  });
});
