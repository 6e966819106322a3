import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CLAUSES, NAMES } from './clauses/index.js';
import { ARGUMENTS } from './generator/argued.js';
import { eachOff } from './generator/each-off.js';
import type { Finding } from './generator/finding.js';
import { FOUND, openBehind } from './generator/found.js';
import { replayed } from './generator/replay.js';
import { disagreeing, inArms, run, stuck, unalerted } from './generator/run.js';
import { Theatres } from './generator/theatres.js';
import { BEARING, UNBEARING } from './account/types.js';

const DOCUMENT = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

const SAFETY = fileURLToPath(new URL('../../../docs/safety.md', import.meta.url));

const A_MINUTE_MS = 60_000;

/** About a minute on one core; the same in every run, however fast the machine is. */
const SAME_HISTORIES = 800;

/** So many histories a clause that is left out may go unnoticed. */
const UNNOTICED = 200;

const NOTHING: ReadonlySet<string> = new Set();

describe('the oracle', () => {
  test('knows of every type of command whether it bears upon a dose', () => {
    const { components } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as {
      components: { schemas: Record<string, unknown> };
    };
    const types = Object.keys(components.schemas).filter((name) => name.includes('.'));
    const known = [...BEARING, ...UNBEARING].map((type) => type.replace(':', '.'));
    expect(known.toSorted()).toEqual(types.toSorted());
  });

  test('has each clause once', () => {
    expect(new Set(CLAUSES.map(({ id }) => id)).size).toBe(CLAUSES.length);
    expect(NAMES).toEqual([...new Set(NAMES)].toSorted());
  });

  test('and the ledger agree on the same histories each time, but for what is known to be open', async () => {
    const { tally, findings, open } = await run({
      seed: 1,
      goOn: (played) => played < SAME_HISTORIES,
    });
    console.log(['seed 1', ...tally.lines(), ...open.keys()].join('\n'));
    expect([...findings.values()].map(({ told }) => told)).toEqual([]);
    expect(tally.permitted).toBeGreaterThan(0);
    expect(tally.ledOn).toBeGreaterThan(0);
  });

  // what it finds is told and fails nothing: about one history of five thousand still shows a disagreement to be judged
  test('and the ledger are compared for a minute on histories that nobody has seen', async () => {
    const seed = Date.now() % 1_000_000;
    const until = performance.now() + A_MINUTE_MS;
    const { tally, findings, open } = await run({ seed, goOn: () => performance.now() < until });
    const told = [...findings.values()].map((each) => `TO BE JUDGED: ${each.told}`);
    console.log([`seed ${seed}`, ...tally.lines(), ...open.keys(), ...told].join('\n'));
    expect(tally.permitted).toBeGreaterThan(0);
    expect(tally.ledOn).toBeGreaterThan(0);
  });

  test('decides a signed history as the ledger does whose decisions it plays', async () => {
    const { tally, findings } = await run({ seed: 1, first: 99, goOn: (played) => played < 1 });
    expect([...findings.values()].map(({ told }) => told)).toEqual([]);
    expect(tally.signed).toBe(1);
  });

  test('misses something without any one of its clauses', async () => {
    const missed: string[] = [];
    for await (const { clause, noticedAfter } of eachOff(1, UNNOTICED)) {
      if (noticedAfter === undefined) missed.push(clause);
    }
    expect(missed).toEqual([]);
  });

  test('argues for refusals from sentences of the safety case, for each code once', () => {
    const rows = readFileSync(SAFETY, 'utf8').matchAll(/^\| ([A-H]\d+) /gm);
    const sentences = [...rows].map(([, id]) => id);
    expect(sentences).toEqual(expect.arrayContaining(ARGUMENTS.map(({ sentence }) => sentence)));
    const codes = ARGUMENTS.flatMap((each) => each.codes);
    expect(codes).toEqual([...new Set(codes)]);
  });
});

describe('a history that was found', () => {
  const theatres = new Theatres();
  const agreed = FOUND.filter(({ open }) => !open).map(({ name, says }) => ({ name, says }));
  const open = FOUND.flatMap(({ name, open: still }) => (still ? [{ name, ...still }] : []));

  async function findingIn(name: string): Promise<Finding | undefined> {
    const found = FOUND.find((each) => each.name === name);
    if (!found) throw new Error(`no history ${name} was kept`);
    const theatre = await theatres.by(found.process);
    const history = replayed(theatre.stage.plan, found);
    const searches = [stuck(theatre), unalerted(theatre), inArms(theatre)];
    for (const search of [disagreeing(theatre, NOTHING), ...searches]) {
      const finding = await search(history);
      if (finding) return finding;
    }
    return undefined;
  }

  test('is kept once', () => {
    expect(FOUND.length).toBe(agreed.length + open.length);
  });

  for (const { name, says } of agreed) {
    test(`is agreed upon: ${says}`, async () => {
      expect((await findingIn(name))?.key).toBeUndefined();
    });
  }

  // when it is mended, `open` is taken out of its file, and the history is agreed upon from then on
  for (const { name, sentence, because } of open) {
    test(`is still open, ${name} (${sentence}): ${because}`, async () => {
      const finding = await findingIn(name);
      expect(finding && openBehind(finding)).toEqual([name]);
    });
  }
});
