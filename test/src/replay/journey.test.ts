import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  enrolment,
  followUp,
  production,
  release,
  sequencing,
} from '#scripts';
import { nativeVerifier, nobleVerifier } from '@veinledger/chaincode/crypto';
import { type CommandRecord, type Entity, NOUNS, sha256Base64url } from '@veinledger/domain';
import {
  type LedgerBlock,
  type LedgerTransaction,
  replay,
  type ReplayOptions,
} from '@veinledger/chaincode/replay';
import { embeddedBench } from '../support/embedded.js';
import { World } from '../support/world.js';

describe('the independent replay of a whole therapy', () => {
  const texts = new Map<string, string>();
  const vault = { get: (digest: string) => Promise.resolve(texts.get(digest)) };
  let world: World;
  let blocks: LedgerBlock[];

  beforeAll(async () => {
    const bench = await embeddedBench();
    const submitted = jest.spyOn(bench.submitter, 'submit');
    world = await World.open(bench);
    const journey = await world.newPatient();
    await enrolment(journey);
    await sequencing(journey);
    await analysis(journey);
    const [design] = await world.things(journey, 'design');
    await production(journey, design?.commitment ?? '');
    await release(journey);
    await delivery(journey);
    await authorise(journey, await bedside(journey));
    await administer(journey);
    await followUp(journey);
    // four couriers' releases of one sample at once: all but one conflict, and deviate when they try again
    const rival = await world.sampledTherapy();
    const { collector } = rival.cast;
    await Promise.all(
      Array.from({ length: 4 }, () => rival.release(rival.things.tumour, collector, 'CourierMSP')),
    );
    for (const [, message] of submitted.mock.calls) {
      for (const text of Object.values(message.annexes)) texts.set(sha256Base64url(text), text);
    }
    blocks = [];
    for await (const block of bench.ledger.blocks()) blocks.push(block);
  });
  afterAll(() => world.bench.close());

  async function* stream(given: readonly LedgerBlock[]): AsyncGenerator<LedgerBlock> {
    for (const block of given) yield await Promise.resolve(block);
  }

  function replayed(given: readonly LedgerBlock[], options: Partial<ReplayOptions> = {}) {
    const { root } = world.bench.consortium;
    return replay({ blocks: stream(given), root, verifier: nativeVerifier, ...options });
  }

  /** The blocks with the transactions of one type changed. */
  function tampered(
    type: string,
    change: (transaction: LedgerTransaction) => Partial<LedgerTransaction>,
  ): readonly LedgerBlock[] {
    return blocks.map((block) => ({
      ...block,
      transactions: block.transactions.map((transaction) =>
        transaction.function === type ? { ...transaction, ...change(transaction) } : transaction,
      ),
    }));
  }

  it('recomputes every code, receipt, event, write and read, natively and by noble', async () => {
    const report = await replayed(blocks, { vault });
    expect(report).toMatchObject({ findings: [], endorsedOnly: [], unopened: 0 });
    expect(report.commands + report.invalid).toBe(report.transactions);
    expect(report.invalid).toBeGreaterThan(0);
    expect(report.entries).toBeGreaterThan(3 * report.commands);
    expect(await replayed(blocks, { vault, verifier: nobleVerifier })).toEqual(report);
  });

  it('writes nothing that the closed shape of its noun does not hold', () => {
    const writes = blocks.flatMap(({ transactions }) =>
      transactions.flatMap((each) => each.writes),
    );
    const entities = writes.flatMap(({ value }) =>
      value === null ? [] : [JSON.parse(value) as Entity],
    );
    const misshapen = entities.flatMap((entity) => {
      const { error } = NOUNS[entity.noun].schema.safeParse(entity);
      return error ? [{ entity, issues: error.issues }] : [];
    });
    expect(misshapen).toEqual([]);
    expect(new Set(entities.map(({ noun }) => noun)).size).toBeGreaterThan(20);
  });

  it('without the vault it says whose verdicts it took on endorsement alone', async () => {
    const whole = await replayed(blocks, { vault });
    const report = await replayed(blocks);
    expect(report.findings).toEqual([]);
    expect(report.stateDigest).toBe(whole.stateDigest);
    const types = new Set(report.endorsedOnly.map(({ type }) => type));
    expect(types).toEqual(
      new Set([
        'care:RecordAdministration',
        'manufacturing:ReportStep',
        'manufacturing:SubmitDesign',
      ]),
    );
    expect(report.unopened).toBeGreaterThan(report.endorsedOnly.length);
    const [first] = report.endorsedOnly;
    const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };
    const record = await world.bench.submitter.read<CommandRecord>(
      auditor,
      'audit:ReadCommand',
      first?.commandId ?? '',
    );
    expect(first).toMatchObject({
      verdicts: record.verdicts,
      transactionId: record.transactionId,
    });
  });

  it('with the vault a forged verdict is found', async () => {
    const forged = tampered('manufacturing:ReportStep', ({ response }) => ({
      response: response.replace('"verdict":"pass"', '"verdict":"fail"'),
    }));
    const { findings } = await replayed(forged, { vault });
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['receipt']));
  });

  it('a vault that holds another text is found by the digest', async () => {
    const [digest = ''] = [...texts.keys()];
    const wrong = {
      get: (asked: string) => vault.get(asked === digest ? ([...texts.keys()][1] ?? '') : asked),
    };
    const { findings } = await replayed(blocks, { vault: wrong });
    expect(findings[0]).toMatchObject({
      kind: 'unacceptable-command',
      found: expect.stringMatching(/^ANNEX_DIGEST_MISMATCH/) as unknown,
    });
  });

  it('a range of consents that the endorsers leave out is found', async () => {
    const { findings } = await replayed(
      tampered('manufacturing:StartStep', () => ({ rangeReads: [] })),
      { vault },
    );
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['hidden-read']));
  });
});

it('a transaction is called by its full name, so that every block says what it carries', async () => {
  const bench = await embeddedBench();
  try {
    const submitter = bench.submitter.identity('HospitalMSP', 'registrar');
    for (const name of ['Bootstrap', ':Bootstrap', ' :Bootstrap']) {
      await expect(
        bench.ledger.submit({ function: name, args: ['{}'], submitter }),
      ).rejects.toThrow(/WRONG_TYPE: a transaction is called by its full name/);
    }
  } finally {
    await bench.close();
  }
});
