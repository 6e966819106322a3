import { isDeepStrictEqual } from 'node:util';
import { foundAuthorities } from '#scripts';
import { nativeSigner } from '@veinledger/client/node';
import type { Said } from '../account/said.js';
import { embeddedBench } from '../../support/embedded.js';
import { codeOf } from '../../support/error-code.js';
import { enclose } from './envelope.js';
import { exchangeOf, type Receipt } from './player.js';
import type { Stage } from './stage.js';

/** A command that a ledger of its own decides otherwise than the decisions behind authentication alone. */
export interface Difference {
  readonly said: Said;
  readonly played: unknown;
  readonly decided: unknown;
}

/** What a receipt says that each ledger gives for itself. */
const OWN = 'transactionId';

/**
 * Has everybody sign what they said in a history, and an embedded ledger decide on it, at the same times.
 * @returns the first command that is answered otherwise; undefined when every receipt is the same
 */
export async function decideSigned(
  { consortium, members }: Pick<Stage, 'consortium' | 'members'>,
  history: readonly Said[],
): Promise<Difference | undefined> {
  let now = 0;
  const authorities = await foundAuthorities(members);
  const bench = await embeddedBench({ consortium, authorities, time: () => now });
  try {
    for (const said of history.filter((each) => !each.aside)) {
      now = said.time;
      const { person, letter, receipt } = exchangeOf(said);
      const message = await enclose(letter, nativeSigner(person.keys));
      const decided = await bench.submitter.submit(person, message).then(
        (committed) => inCommon(committed.receipt),
        (error: unknown) => codeOf(error),
      );
      const played = receipt ? inCommon(receipt) : said.answer.codes[0];
      if (!isDeepStrictEqual(decided, played)) return { said, played, decided };
    }
    return undefined;
  } finally {
    await bench.close();
  }
}

function inCommon(receipt: Receipt): Omit<Receipt, typeof OWN> {
  return Object.fromEntries(Object.entries(receipt).filter(([name]) => name !== OWN)) as Omit<
    Receipt,
    typeof OWN
  >;
}
