import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PLANS } from '../commands/index.js';
import { nativeVerifier } from '../crypto/index.js';
import { COMMANDS } from '@veinledger/domain/catalogue';
import { contractsWith } from './index.js';

interface TransactionMetadata {
  readonly name: string;
  readonly tag: readonly string[];
  readonly parameters: readonly { readonly name: string }[];
}

const root = { v: 1 as const, network: '', organisations: [], processes: [] };
const contracts = contractsWith({ root, verifier: nativeVerifier, clock: () => 0 }).map(
  (contract) => new contract(),
);

function transactions(tag: string): readonly string[] {
  return contracts.flatMap((contract) => {
    const all = Reflect.getMetadata(
      'fabric:transactions',
      contract,
    ) as readonly TransactionMetadata[];
    return all
      .filter((each) => each.tag.includes(tag))
      .map(({ name }) => `${contract.getName()}:${name}`);
  });
}

describe('the contracts', () => {
  it('carry every type of command, and no other transaction writes', () => {
    const types = COMMANDS.map(({ type }) => type);
    expect([...transactions('SUBMIT')].sort()).toEqual([...types].sort());
  });

  it('decide every type of command', () => {
    expect([...PLANS.keys()].sort()).toEqual(COMMANDS.map(({ type }) => type).sort());
  });

  it('take one argument for each command: the JWS', () => {
    for (const contract of contracts) {
      const all = Reflect.getMetadata(
        'fabric:transactions',
        contract,
      ) as readonly TransactionMetadata[];
      for (const { tag, parameters } of all.filter((each) => each.tag.includes('SUBMIT'))) {
        expect([tag.includes('SUBMIT'), parameters.map(({ name }) => name)]).toEqual([
          true,
          ['jws'],
        ]);
      }
    }
  });

  it('answer reads without writing', () => {
    expect(transactions('EVALUATE')).toContain('audit:TraceTherapy');
    expect(transactions('EVALUATE').filter((name) => PLANS.has(name))).toEqual([]);
  });
});
