import { enrolCast, HttpSubmitter, openForBusiness, type Person, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { inThreadVerifier, nativeVerifier, nobleVerifier } from '@veinledger/chaincode/crypto';
import * as warm from '@veinledger/domain';
import { type LedgerBlock, replay } from '@veinledger/chaincode/replay';
import { issueBearerToken } from '@veinledger/client/node';
import fc from 'fast-check';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { alteredEnvelopes, mutatedEnvelope } from './mutated-envelopes.js';

type Reading = Pick<typeof warm, 'parseJws' | 'verifyJws'>;

const COMMAND = 'vnd.veinledger.command+jws';

let bench: GatewayBench;
let signer: Person;
let jws: string;
let altered: ReadonlyMap<string, string>;
let another: string;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  signer = (await enrolCast(submitter, bench.consortium)).labTechnician;
  ({ jws } = await registration('EX-1'));
  ({ jws: another } = await registration('EX-2'));
  altered = alteredEnvelopes(jws, another);
});
afterAll(() => bench.close());

function registration(lot: string) {
  return signMessage(bench.consortium.root.network, signer, {
    type: 'manufacturing:RegisterLot',
    body: {
      lot: `https://id.gs1.org/01/04012345000092/10/${lot}`,
      kind: 'extraction-kit',
      expiry: '2030-01-01T00:00:00.000Z',
    },
  });
}

/** `accepted`, or the code of the refusal. */
async function verdictOf(
  text: string,
  verifier: warm.Verifier = nativeVerifier,
  { parseJws, verifyJws }: Reading = warm,
): Promise<string> {
  try {
    await verifyJws(parseJws(text, COMMAND), signer.keys.public, verifier);
    return 'accepted';
  } catch (error) {
    return codeIn(error instanceof Error ? error.message : String(error));
  }
}

function codeIn(message: string): string {
  return /^[A-Z0-9_]+(?=: )/u.exec(message)?.[0] ?? message;
}

/** In a process that read nothing before. */
async function coldVerdictOf(text: string): Promise<string> {
  let verdict = '';
  await jest.isolateModulesAsync(async () => {
    const cold = await import('@veinledger/domain');
    verdict = await verdictOf(text, nativeVerifier, cold);
  });
  return verdict;
}

describe('a signed command that somebody without a key changed', () => {
  test('is refused alike by a process that read its headers before and by one that did not', async () => {
    expect(await verdictOf(jws)).toBe('accepted');
    for (const [name, text] of altered) {
      const found = await verdictOf(text);
      expect([name, found]).not.toEqual([name, 'accepted']);
      expect([name, await coldVerdictOf(text)]).toEqual([name, found]);
    }
  });

  test('is refused alike by native code and by noble', async () => {
    for (const [name, text] of altered) {
      expect([name, await verdictOf(text, nobleVerifier)]).toEqual([name, await verdictOf(text)]);
    }
    await fc.assert(
      fc.asyncProperty(mutatedEnvelope(jws, another), async (text) => {
        fc.pre(text !== jws);
        expect(await verdictOf(text, nobleVerifier)).toBe(await verdictOf(text));
      }),
      { numRuns: 300 },
    );
  });

  test('is refused alike by the gateway and by a replay of a ledger that holds it', async () => {
    const random = fc.sample(mutatedEnvelope(jws, another), 100).filter((text) => text !== jws);
    const texts = [...altered.values(), ...random];
    const answered: string[] = [];
    for (const text of texts) answered.push(await sent(text));
    const replayed = await replayedVerdicts(texts);
    expect([...answered, ...replayed]).not.toContain('accepted');
    const names = [...altered.keys()];
    const named = (verdicts: readonly string[]) => names.map((name, at) => [name, verdicts[at]]);
    expect(named(replayed)).toEqual(named(answered));
    expect(await sent(jws)).toBe('accepted');
  });

  test('is refused in each of 100,000 ways', async () => {
    await fc.assert(
      fc.asyncProperty(
        mutatedEnvelope(jws, another),
        async (text) => text === jws || (await verdictOf(text, inThreadVerifier)) !== 'accepted',
      ),
      { numRuns: 100_000 },
    );
  });
});

async function sent(text: string): Promise<string> {
  const audience = bench.gateway.url;
  const response = await fetch(new URL('/v1/commands', audience), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await issueBearerToken(signer.keys, { actor: signer.id, audience })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jws: text }),
  });
  const { code } = (await response.json()) as { code?: string };
  return response.ok ? 'accepted' : (code ?? `${response.status}`);
}

/** The verdicts of a replay of the ledger's blocks, and of one more for each text that holds it as valid. */
async function replayedVerdicts(texts: readonly string[]): Promise<readonly string[]> {
  const { ledger, consortium } = bench;
  const blocks: LedgerBlock[] = [];
  for await (const block of ledger.blocks()) blocks.push(block);
  const [model] = blocks.at(-1)?.transactions ?? [];
  if (!model) throw new Error('expected a transaction in the last block');
  const forged = texts.map((text, index): LedgerBlock => {
    const number = blocks.length + index;
    const said = {
      function: 'manufacturing:RegisterLot',
      args: [text],
      transactionId: `forged-${index}`,
    };
    const transaction = {
      ...model,
      ...said,
      block: number,
      index: 0,
      reads: [],
      rangeReads: [],
      writes: [],
    };
    return { number, previousHash: '', dataHash: '', transactions: [transaction] };
  });
  const { findings } = await replay({
    blocks: (async function* () {
      yield* await Promise.resolve([...blocks, ...forged]);
    })(),
    root: consortium.root,
    verifier: nobleVerifier,
  });
  return forged.map(({ number }) => {
    const turnedAway = findings.find(
      (each) => each.block === number && each.kind === 'unacceptable-command',
    );
    return turnedAway === undefined ? 'accepted' : codeIn(turnedAway.found);
  });
}
