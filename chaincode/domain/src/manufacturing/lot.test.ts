import { describe, expect, test } from '@jest/globals';
import { actor, command, context, NOW, signed } from '../example.fixture.js';
import type { Lot } from '../nouns/lot.js';
import { decideRecallLot, earlyRecallOfLot, recallLot } from './recall-lot.js';
import { decideRegisterLot, registerLot } from './register-lot.js';
import { decideRegisterRun } from './register-run.js';

const technician = actor('lab.technician', 'LabMSP', 'lab');
const scope = { kind: 'lot', id: 'lot-1' } as const;
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

describe('a lot', () => {
  const body = {
    lot: 'https://id.gs1.org/01/09506000134352/10/LNP-1',
    kind: 'lipids',
    expiry: NOW,
  };
  const existing = {
    noun: 'lot',
    id: body.lot,
    kind: 'lipids',
    expiry: NOW,
    registered: signed('a'),
    organisation: 'LabMSP',
  } as const;
  const register = (before?: typeof existing, rest: Partial<typeof body> = {}) =>
    decideRegisterLot(
      { existing: before },
      command(technician.id, { ...body, ...rest }),
      context(technician, { scope }),
    );

  test('is registered by who got it', () => {
    const registered: unknown = expect.objectContaining({ actor: technician.id, time: NOW });
    expect(register().changes).toEqual([{ ...existing, registered }]);
  });

  test('that is registered again as it was changes nothing', () => {
    expect(register(existing)).toMatchObject({ changes: [], deviations: [] });
  });

  test('that is registered again otherwise deviates, and the first stays', () => {
    for (const rest of [{ kind: 'nucleotides' }, { expiry: '2030-01-01T00:00:00.000Z' }]) {
      const decision = register(existing, rest);
      expect(codes(decision)).toEqual(['LOT_CONTRADICTED']);
      expect(decision.changes).toEqual(decision.deviations);
    }
  });
});

describe('a lot that is recalled', () => {
  const quality = actor('lab.quality', 'LabMSP', 'quality');
  const existing: Lot = {
    noun: 'lot',
    id: 'https://id.gs1.org/01/09506000134352/10/LNP-1',
    kind: 'lipids',
    expiry: NOW,
    registered: signed('a'),
    organisation: 'LabMSP',
  };
  const recall = (lot?: Lot) =>
    decideRecallLot(
      { existing: lot },
      command(quality.id, { lot: existing.id, reason: 'sterility' as const }),
      context(quality, { scope }),
    );

  test('says so in its own record and nowhere else', () => {
    const { changes, deviations } = recall(existing);
    expect(deviations).toEqual([]);
    expect(changes).toMatchObject([{ noun: 'lot', recall: { reason: 'sterility' } }]);
  });

  test('may be recalled by everybody who may register one, for its owner may have nobody else', () => {
    expect(recallLot.roles).toEqual(expect.arrayContaining([...registerLot.roles]));
  });

  test('keeps the first recall, and what others said too', () => {
    const first = { ...signed('lab.other'), reason: 'regulator' };
    expect(recall({ ...existing, recall: first }).changes).toMatchObject([
      { recall: { ...first, saidToo: [{ actor: quality.id, reason: 'sterility' }] } },
    ]);
  });

  test('before anybody registered it is an alarm, and recalled from the registration by the same organisation on', () => {
    const { changes, claims, deviations } = recall();
    expect(codes({ deviations })).toEqual(['UNKNOWN_LOT']);
    expect(claims).toEqual([{ subject: { kind: 'lot', id: existing.id }, claim: 'other' }]);
    const early = changes.find((each) => each.noun === 'early-recall');
    const body = { lot: existing.id, kind: 'lipids', expiry: NOW };
    const register = (before: typeof early) =>
      decideRegisterLot(
        { existing: undefined, early: before },
        command(technician.id, body),
        context(technician, { scope }),
      ).changes[0];
    expect(register(early)).toMatchObject({ noun: 'lot', recall: { reason: 'sterility' } });
    expect(register(early && { ...early, annulled: signed('a') })).not.toHaveProperty('recall');
    expect(early).toMatchObject(earlyRecallOfLot(existing.id, 'LabMSP'));
  });

  test('for a wrong identity claims one where it is an alarm', () => {
    const said = (reason: 'identity' | 'sterility') =>
      decideRecallLot(
        { existing: undefined },
        command(quality.id, { lot: existing.id, reason }),
        context(quality, { scope }),
      ).claims;
    expect(said('identity')).toMatchObject([{ claim: 'identity' }]);
    expect(said('sterility')).toMatchObject([{ claim: 'other' }]);
  });

  test('after its registration was entered in error stays recalled when it is registered anew', () => {
    const { changes, deviations } = recall({ ...existing, annulled: signed('a') });
    expect(codes({ deviations })).toEqual(['UNKNOWN_LOT']);
    const [lot] = changes;
    expect(lot).toMatchObject({ noun: 'lot', recall: { reason: 'sterility' } });
    const again = decideRegisterLot(
      { existing: lot?.noun === 'lot' ? lot : undefined },
      command(technician.id, { lot: existing.id, kind: 'lipids', expiry: NOW }),
      context(technician, { scope }),
    );
    expect(again.changes).toMatchObject([{ recall: { reason: 'sterility' } }]);
    expect(again.changes[0]).not.toHaveProperty('annulled');
  });
});

describe('a run', () => {
  const body = { run: 'run-1', flowCell: 'FC-1', instrument: 'S-1' };

  test('is registered once', () => {
    const register = (existing?: Parameters<typeof decideRegisterRun>[0]['existing']) =>
      decideRegisterRun(
        { existing, early: [] },
        command(technician.id, body),
        context(technician, { scope: { kind: 'run', id: 'run-1' } }),
      );
    const [run] = register().changes;
    expect(run).toMatchObject({ noun: 'run', id: 'run-1', organisation: 'LabMSP' });
    const again = register(run?.noun === 'run' ? run : undefined);
    expect(codes(again)).toEqual(['IDENTIFIER_TAKEN']);
  });
});
