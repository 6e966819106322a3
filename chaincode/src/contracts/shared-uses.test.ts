import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import type { Entity, Lot, Run } from '@veinledger/domain';
import { COI, DIGEST, NOW, signed, therapy } from '#domain/example.fixture';
import { MapStore } from '../state/map-store.fixture.js';
import { StateReader } from '../state/reader.js';
import type { LedgerContext } from './ledger-context.js';
import { ManufacturingContract } from './manufacturing.contract.js';

const lot = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const owned = { organisation: 'OwnerMSP', registered: signed('owner.lab') };
const of = (rest: Partial<Run> = {}): Run => ({
  ...{ noun: 'run', id: 'run-1', flowCell: 'FC-1', instrument: 'S-1' },
  ...owned,
  ...rest,
});
const ofLot = (rest: Partial<Lot> = {}): Lot => ({
  ...{ noun: 'lot', id: lot, kind: 'lipids', expiry: NOW },
  ...owned,
  ...rest,
});
const use = { coi: COI, step: 'sequencing', attempt: 1, command: DIGEST };

/** A member who owns what the therapy of others used, in some role. */
function reading(roles: readonly string[], ...entities: readonly Entity[]): LedgerContext {
  const member = { country: 'DE', grantable: [], registrars: [], standing: 'active' } as const;
  const store = new MapStore(
    { noun: 'organisation', id: 'OwnerMSP', ...member },
    therapy(),
    { noun: 'run-use', of: 'run-1', ...use },
    { noun: 'lot-use', of: lot, ...use },
    ...entities,
  );
  const submitter = { mspId: 'OwnerMSP', roles, relay: false };
  return { reader: new StateReader(store), submitter } as unknown as LedgerContext;
}

const contract = new ManufacturingContract();
const seen = async (run: Run, roles: readonly string[] = ['lab']) =>
  JSON.parse(await contract.ListRunUses(reading(roles, run), run.id)) as readonly unknown[];
const seenOfLot = async (thing: Lot, roles: readonly string[] = ['lab']) =>
  JSON.parse(await contract.ListLotUses(reading(roles, thing), lot)) as readonly unknown[];

describe('in whose therapies a shared thing was used', () => {
  const finding = { ...signed('owner.lab'), reason: 'controls-failed' } as const;
  const mistaken = { ...finding, annulled: signed('owner.quality') };
  const recall = { ...signed('owner.lab'), reason: 'sterility' };

  test('its owner is told of a run while something that was found of it stands', async () => {
    expect(await seen(of())).toEqual([]);
    expect(await seen(of({ failures: [finding] }))).toMatchObject([{ coi: COI }]);
    expect(await seen(of({ failures: [mistaken] }))).toEqual([]);
    expect(await seen(of({ failures: [mistaken, finding] }))).toMatchObject([{ coi: COI }]);
  });

  test('its owner is told of a lot while it is recalled', async () => {
    expect(await seenOfLot(ofLot())).toEqual([]);
    expect(await seenOfLot(ofLot({ recall }))).toMatchObject([{ coi: COI }]);
  });

  test('nobody else is told who has no part in the therapy, nor of the owner who may not say so', async () => {
    expect(await seen(of({ failures: [finding] }), ['nurse'])).toEqual([]);
    expect(await seen(of({ failures: [finding], organisation: 'ElsewhereMSP' }))).toEqual([]);
    expect(await seenOfLot(ofLot({ recall }), ['nurse'])).toEqual([]);
  });
});
