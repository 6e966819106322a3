import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Bench } from '../support/bench.js';
import { type Ahead, World } from '../support/world.js';
import { annulmentChapter } from './annulments.js';
import { bedsideChapter } from './bedside.js';
import { blindingChapter } from './blinding.js';
import { changeChapter } from './changes.js';
import { compromiseChapter } from './compromise.js';
import { consentChapter } from './consent.js';
import { custodyChapter } from './custody.js';
import { dispositionChapter } from './dispositions.js';
import { endingChapter } from './endings.js';
import { envelopeChapter } from './envelope.js';
import { entitlementChapter } from './entitlement.js';
import { followChapter } from './follow.js';
import { foundChapter } from './found.js';
import { governanceChapter } from './governance.js';
import { handOffChapter } from './hand-offs.js';
import { historyChapter } from './kinds/histories.js';
import { investigationChapter } from './investigations.js';
import { irreversibleChapter } from './irreversible.js';
import { manufacturingChapter } from './manufacturing.js';
import { nextChapter } from './next.js';
import { receiptChapter } from './receipts.js';
import { readerChapter } from './readers.js';
import { replayChapter } from './replay.js';
import { sessionChapter } from './sessions.js';
import { staffConsentChapter } from './staff-consent.js';
import { standingChapter } from './standing.js';
import { timeChapter } from './time.js';
import { trainingChapter } from './training.js';

/** A part of the contract suite: sentences about a world that is open for business. */
export type Chapter = (world: () => World) => void;

/**
 * The contract suite: what veinledger promises, on whatever ledger runs its contracts.
 * @param open opens a fresh ledger; it is closed afterwards
 * @param ahead how many therapies are played together, where that is faster
 */
export function contractSuite(name: string, open: () => Promise<Bench>, ahead?: Ahead): void {
  describe(`veinledger on ${name}`, () => {
    let opened: World | undefined;
    const world = (): World => {
      if (!opened) throw new Error('the world is not open');
      return opened;
    };
    beforeAll(async () => {
      opened = await World.open(await open(), ahead);
    });
    afterAll(() => opened?.bench.close());

    envelopeChapter(world);
    timeChapter(world);
    entitlementChapter(world);
    receiptChapter(world);
    consentChapter(world);
    staffConsentChapter(world);
    custodyChapter(world);
    handOffChapter(world);
    standingChapter(world);
    foundChapter(world);
    manufacturingChapter(world);
    trainingChapter(world);
    dispositionChapter(world);
    investigationChapter(world);
    annulmentChapter(world);
    bedsideChapter(world);
    irreversibleChapter(world);
    nextChapter(world);
    changeChapter(world);
    blindingChapter(world);
    endingChapter(world);
    historyChapter(world);
    sessionChapter(world);
    compromiseChapter(world);
    governanceChapter(world);
    readerChapter(world);
    followChapter(world);
    replayChapter(world);
  });
}
