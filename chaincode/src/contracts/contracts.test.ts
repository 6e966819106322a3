import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PLANS } from '../commands/index.js';
import { nativeVerifier } from '../crypto/index.js';
import { COMMANDS, READINGS } from '@veinledger/domain';
import { contractsWith } from './index.js';

interface TransactionMetadata {
  readonly name: string;
  readonly tag: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly schema: object }[];
  readonly returns: object;
}

const root = { v: 1 as const, network: '', organisations: [], processes: [] };
const contracts = contractsWith({ root, verifier: nativeVerifier, clock: () => 0 }).map(
  (contract) => new contract(),
);

function metadataOf(contract: object): readonly TransactionMetadata[] {
  return Reflect.getMetadata('fabric:transactions', contract) as readonly TransactionMetadata[];
}

function transactions(tag: string): readonly string[] {
  return contracts.flatMap((contract) =>
    metadataOf(contract)
      .filter((each) => each.tag.includes(tag))
      .map(({ name }) => `${contract.getName()}:${name}`),
  );
}

/** Every transaction that reads, with what it takes. */
const READS = {
  'registry:ReadRoot': [],
  'registry:ReadActor': ['actor'],
  'registry:ReadPersonKey': [],
  'registry:ReadKeyShare': ['registrar'],
  'registry:PageActors': ['pageSize', 'bookmark'],
  'registry:ListFormerKeys': ['actor'],
  'registry:ReadSession': ['device'],
  'registry:ReadTraining': ['actor', 'process', 'version', 'step'],
  'registry:ReadRota': ['organisation', 'role'],
  'registry:ListOrganisations': [],
  'registry:ListAlgorithms': [],
  'quality:ListLotAlarms': ['lot'],
  'quality:ListRunAlarms': ['run'],
  'quality:ListAlertsDue': ['coi'],
  'registry:ReadProposal': ['proposal'],
  'registry:PageProposals': ['pageSize', 'bookmark'],
  'process:Read': ['process', 'version'],
  'process:Page': ['pageSize', 'bookmark'],
  'therapy:Read': ['coi'],
  'therapy:ReadNext': ['coi'],
  'custody:ReadItem': ['coi', 'item'],
  'manufacturing:ReadLot': ['lot'],
  'manufacturing:PageLots': ['pageSize', 'bookmark'],
  'manufacturing:ReadRun': ['run'],
  'manufacturing:PageRuns': ['pageSize', 'bookmark'],
  'manufacturing:ListLotUses': ['lot'],
  'manufacturing:ListRunUses': ['run'],
  'manufacturing:PageLotReach': ['lot', 'pageSize', 'bookmark'],
  'manufacturing:PageRunReach': ['run', 'pageSize', 'bookmark'],
  'consent:List': ['patient'],
  'care:ReadDose': ['coi', 'dose'],
  'audit:ReadCommand': ['commandId'],
  'audit:ListSignedBy': ['actor'],
  'audit:MayReadSigned': ['jws'],
  'audit:PageSignedBy': ['actor', 'pageSize', 'bookmark'],
  'audit:TraceTherapy': ['coi'],
  'audit:PageTherapy': ['coi', 'pageSize', 'bookmark'],
  'audit:ReadOutlook': ['coi', 'at'],
  'audit:PageState': ['objectType', 'pageSize', 'bookmark'],
};

describe('the contracts', () => {
  it('carry every type of command, and no other transaction writes', () => {
    const types = COMMANDS.map(({ type }) => type);
    expect([...transactions('SUBMIT')].sort()).toEqual([...types].sort());
  });

  it('decide every type of command', () => {
    expect([...PLANS.keys()].sort()).toEqual(COMMANDS.map(({ type }) => type).sort());
  });

  it('take one argument for each command, the JWS, and return a text', () => {
    for (const contract of contracts) {
      const writing = metadataOf(contract).filter(({ tag }) => tag.includes('SUBMIT'));
      for (const { parameters, returns } of writing) {
        expect(parameters).toEqual([{ name: 'jws', description: '', schema: { type: 'string' } }]);
        expect(returns).toEqual({ type: 'string' });
      }
    }
  });

  it('say what each of them is for, under the name by which they are called', () => {
    const info = Reflect.getMetadata('fabric:info', globalThis) as Readonly<
      Record<string, { readonly title: string; readonly description: string }>
    >;
    for (const contract of contracts) {
      const said = info[contract.constructor.name];
      expect([contract.getName(), said?.title]).toEqual([contract.getName(), contract.getName()]);
      expect(said?.description).toMatch(/\w+ \w+/);
    }
  });

  it('answer these reads, and write in none of them', () => {
    const reads = contracts.flatMap((contract) =>
      metadataOf(contract)
        .filter(({ tag }) => tag.includes('EVALUATE'))
        .map(({ name, parameters }): [string, ...string[]] => [
          `${contract.getName()}:${name}`,
          ...parameters.map((each) => each.name),
        ]),
    );
    expect(Object.fromEntries(reads.map(([name, ...parameters]) => [name, parameters]))).toEqual(
      READS,
    );
    expect(transactions('EVALUATE').filter((name) => PLANS.has(name))).toEqual([]);
  });

  it('answer nothing through a gateway of which the table does not say whose affair it is', () => {
    const unsaid = transactions('EVALUATE').filter((name) => !READINGS.has(name));
    // a gateway asks the first by itself, and the others are for whoever has a peer
    expect(unsaid).toEqual(['audit:MayReadSigned', 'audit:ListSignedBy', 'audit:PageState']);
    const reads = new Set(transactions('EVALUATE'));
    expect([...READINGS.keys()].filter((name) => !reads.has(name))).toEqual([]);
  });

  it('take texts', () => {
    const given = contracts.flatMap((contract) => metadataOf(contract));
    for (const { parameters, returns } of given) {
      expect(parameters.map(({ schema }) => schema)).toEqual(
        parameters.map(() => ({ type: 'string' })),
      );
      expect(returns).toEqual({ type: 'string' });
    }
  });
});
