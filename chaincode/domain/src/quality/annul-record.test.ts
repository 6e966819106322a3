import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../catalogue.js';
import {
  attempt,
  batch,
  command,
  context,
  din,
  item,
  NOW,
  report,
  signed,
  verification,
} from '../example.fixture.js';
import { earlyRecallOfLot } from '../manufacturing/recall-lot.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import type { Dose } from '../nouns/dose.js';
import type { Actor } from '../nouns/actor.js';
import type { Lot } from '../nouns/lot.js';
import type { Readings } from '../nouns/readings.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Entity } from '../nouns/registry.js';
import { Things } from '../annulling/things.js';
import { decideRegisterLot } from '../manufacturing/register-lot.js';
import { type AnnulState, decideAnnulRecord } from './annul-record.js';
import { addMinutes } from '../values/time.js';
import {
  annulmentIn,
  LAB,
  MISTAKEN,
  nurse,
  operator,
  otherNurse,
  otherQuality,
  pharmacist,
  quality,
  recordOf,
  releasePerson,
  sign,
  signAll,
  signState,
  SLIP,
  typeNamed,
  written,
} from './annul-record.fixture.js';

const OTHER = `${'B'.repeat(42)}A`;
const codes = (decision: ReturnType<typeof sign>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [decision.decision];
const authorisedDose: Dose = {
  noun: 'dose',
  coi: item().coi,
  id: 'dose-1',
  number: 1,
  verifications: [],
  item: din(1),
  authorised: signed('hospital.clinician'),
  administrations: [],
};

describe('a record that was entered in error', () => {
  const recorded = recordOf('manufacturing:RecordBatch', operator);

  test('stands as it was until everybody has signed, and says who is missing', () => {
    const decision = sign(releasePerson, recorded, [batch()]);
    expect(decision).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'annulment',
          missing: [{ organisation: 'LabMSP', roles: ['quality'] }],
          signatures: [{ actor: releasePerson.id, organisation: 'LabMSP' }],
        },
      ],
    });
    expect(annulmentIn(decision)?.annulled).toBeUndefined();
    expect(written(decision, 'batch')).toEqual([]);
  });

  test('is signed for by nobody twice, nor by who was not asked, nor for another reason', () => {
    const earlier = annulmentIn(sign(quality, recorded));
    expect(codes(sign(quality, recorded, [], { earlier }))).toContain('SAME_PERSON');
    expect(sign(otherQuality, recorded, [], { earlier })).toMatchObject({
      reasons: [{ code: 'NOT_ASKED_TO_SIGN', expected: 'release-person of LabMSP' }],
    });
    const other = earlier && { ...earlier, reason: 'wrong-time' as const };
    expect(codes(sign(releasePerson, recorded, [], { earlier: other }))).toEqual(['OTHER_REASON']);
  });

  test('is annulled once', () => {
    const earlier = annulmentIn(signAll([quality, releasePerson], recorded));
    expect(earlier).toMatchObject({ missing: [], annulled: { actor: releasePerson.id } });
    expect(codes(sign(otherQuality, recorded, [], { earlier }))).toContain('ALREADY_ANNULLED');
  });

  test('is none where nothing was written, and one of this therapy', () => {
    const refused = { ...recorded, decision: 'refused' } as const;
    expect(codes(sign(quality, refused))).toEqual(['NOTHING_TO_ANNUL']);
    expect(codes(sign(quality, { ...recorded, effect: 'none' }))).toEqual(['NOTHING_TO_ANNUL']);
    const elsewhere = { ...recorded, scope: { kind: 'therapy', id: din(5) } } as const;
    expect(codes(sign(quality, elsewhere))).toEqual(['UNKNOWN_COMMAND']);
    expect(codes(sign(quality, undefined))).toEqual(['UNKNOWN_COMMAND']);
  });

  test.each([
    'care:ReportAdverseEvent',
    'manufacturing:ReviewBatch',
    'manufacturing:CertifyBatch',
    'consent:WithdrawConsent',
    'consent:RefuseConsent',
    'quality:AnnulRecord',
  ])('is never one of type %s: a new statement follows', (type) => {
    expect(codes(sign(quality, recordOf(type, quality)))).toEqual(['NEVER_ANNULLED']);
    expect(COMMANDS.find((each) => each.type === type)?.annulling).toBe('never');
  });
});

describe('who signs', () => {
  test('for a slip is its signer and a colleague while it is fresh, and later quality', () => {
    const slip = recordOf('custody:RecordReadings', nurse);
    const [colleague, ...others] = annulmentIn(sign(nurse, slip, [], {}, SLIP))?.missing ?? [];
    expect([colleague?.organisation, colleague?.person, others]).toEqual([
      'HospitalMSP',
      undefined,
      [],
    ]);
    expect(colleague?.roles).toContain('nurse');
    expect(annulmentIn(signAll([nurse, otherNurse], slip, [], SLIP))?.missing).toEqual([]);
    const late = { ...SLIP, transactionTime: addMinutes(NOW, 24 * 60 + 1) };
    expect(codes(sign(nurse, slip, [], {}, late))).toEqual(['NOT_ASKED_TO_SIGN']);
  });

  test.each(['wrong-item', 'wrong-reference', 'never-happened'] as const)(
    'for what is no slip of time, amount or place is the pharmacist there and quality: %s (G3)',
    (reason) => {
      const wrong = recordOf('custody:RecordReadings', nurse);
      expect(codes(sign(nurse, wrong, [], {}, { reason }))).toEqual(['NOT_ASKED_TO_SIGN']);
      const first = annulmentIn(sign(pharmacist, wrong, [], {}, { reason }));
      expect(first?.missing).toEqual([{ organisation: 'LabMSP', roles: ['quality'] }]);
    },
  );

  test('for a slip on which something was built is the pharmacist there and quality (G3)', () => {
    const slip = recordOf('custody:RecordReadings', nurse);
    const recorded = signed(nurse.id);
    const later = { ...signed('hospital.somebody'), time: addMinutes(NOW, 1) };
    const read: Readings = {
      ...{ noun: 'readings', coi: item().coi, id: MISTAKEN, item: din(1), logger: 'logger-1' },
      ...{ count: 1, minC: 4, maxC: 4, from: NOW, until: NOW, excursions: 0, recorded },
    };
    const asked = (...things: Entity[]) =>
      codes(sign(nurse, slip, [read, item({ signatures: [recorded] }), ...things], {}, SLIP));
    const parents = [{ coi: item().coi, id: din(1) }];
    const used = report('lab.operator', { inputs: parents, time: later.time });
    expect(asked()).toEqual(['permitted']);
    expect(asked(item({ id: din(2), signatures: [later] }))).toEqual(['permitted']);
    for (const built of [
      item({ signatures: [recorded, later] }),
      item({ id: din(2), parents, signatures: [later] }),
      attempt('template', { report: used }),
      verification(nurse.id, { item: din(1), by: { ...later, roles: ['nurse'] } }),
      { ...authorisedDose, authorised: later },
    ]) {
      expect(asked(built)).toEqual(['NOT_ASKED_TO_SIGN']);
    }
  });

  test('for a slip is fresh for as many hours as the process says', () => {
    const slip = recordOf('custody:RecordReadings', nurse);
    const after = (hours: number) => {
      const how = { ...SLIP, transactionTime: addMinutes(NOW, hours * 60) };
      return codes(sign(nurse, slip, [], { slipHours: 2 }, how));
    };
    expect(after(2)).toEqual(['permitted']);
    expect(after(3)).toEqual(['NOT_ASKED_TO_SIGN']);
  });

  test('for custody in a hospital is its pharmacist, and the quality that decides', () => {
    const lost = recordOf('custody:DisposeItem', nurse);
    expect(annulmentIn(sign(quality, lost))?.missing).toEqual([
      { organisation: 'HospitalMSP', roles: ['pharmacist'] },
    ]);
    expect(annulmentIn(signAll([quality, pharmacist], lost))?.missing).toEqual([]);
  });

  test('where the organisation is gone is a second person of the quality that decides', () => {
    const lost = recordOf('custody:DisposeItem', nurse);
    const earlier = annulmentIn(sign(quality, lost, [], { origin: undefined }));
    expect(earlier?.missing).toEqual([{ organisation: 'LabMSP', roles: ['quality'] }]);
    const second = sign(otherQuality, lost, [], { origin: undefined, earlier });
    expect(annulmentIn(second)?.missing).toEqual([]);
  });

  test('for an administration is who gave it, who counted the containers, and quality', () => {
    const given = recordOf('care:RecordAdministration', nurse);
    expect(annulmentIn(sign(pharmacist, given))?.missing).toMatchObject([
      { person: nurse.id },
      { organisation: 'LabMSP', roles: ['quality'] },
    ]);
    expect(codes(sign(otherNurse, given))).toEqual(['NOT_ASKED_TO_SIGN']);
    expect(codes(sign(otherNurse, given, [], { gone: true }))).toEqual(['permitted']);
  });
});

describe('a lot', () => {
  const lot: Lot = {
    noun: 'lot',
    id: 'https://id.gs1.org/01/09506000134352/10/LNP-1',
    kind: 'lipids',
    expiry: NOW,
    registered: signed(operator.id),
    organisation: 'LabMSP',
  };
  const scope = { kind: 'lot', id: lot.id } as const;
  const signLot = (by: Actor, record: CommandRecord, rest: Partial<AnnulState> = {}) =>
    decideAnnulRecord(
      { ...signState(record), things: new Things([lot]), ...rest },
      command(by.id, { lot: lot.id, command: MISTAKEN, reason: 'wrong-time' as const }),
      context(by, { scope, typeNamed }),
    );

  test('that was registered wrongly counts as not registered, and may be registered anew', () => {
    const record = recordOf('manufacturing:RegisterLot', operator, { scope });
    const earlier = annulmentIn(signLot(quality, record));
    const decision = signLot(otherQuality, record, { earlier });
    const [mistaken] = written(decision, 'lot');
    expect(mistaken?.annulled).toMatchObject({ actor: otherQuality.id });
    const body = { lot: lot.id, kind: 'lipids', expiry: addMinutes(NOW, 1) };
    const again = decideRegisterLot(
      { existing: mistaken },
      command(operator.id, body),
      context(operator, { scope }),
    );
    expect(again).toMatchObject({ deviations: [], changes: [{ expiry: body.expiry }] });
  });

  test('whose owner has no quality is signed for by two who could register it', () => {
    const record = recordOf('manufacturing:RegisterLot', operator, { scope });
    const deciding = { ...LAB, grantable: ['operator' as const] };
    const rest = { deciding, origin: deciding };
    const first = annulmentIn(signLot(operator, record, rest));
    expect(first?.missing).toMatchObject([
      { organisation: 'LabMSP', roles: ['operator', 'lab', 'quality'] },
    ]);
  });

  test('that was recalled by mistake is looked at by its owner, who registers it anew', () => {
    const recalled = { ...lot, recall: { ...signed(quality.id), reason: 'sterility' } };
    const record = recordOf('manufacturing:RecallLot', quality, { scope });
    const things = new Things([recalled]);
    const earlier = annulmentIn(signLot(releasePerson, record, { things }));
    const [after] = written(signLot(otherQuality, record, { things, earlier }), 'lot');
    expect([after?.recall, after?.annulled?.actor]).toEqual([undefined, otherQuality.id]);
  });

  test('that was recalled by mistake before anybody registered it is registered as not recalled', () => {
    const record = recordOf('manufacturing:RecallLot', quality, { scope });
    const { command: id } = signed(quality.id);
    const recall = { ...signed(quality.id), reason: 'sterility' };
    const early: EarlyRecall = {
      noun: 'early-recall',
      ...earlyRecallOfLot(lot.id, 'LabMSP'),
      recall,
    };
    const other = { ...early, recall: { ...recall, command: OTHER } };
    const things = new Things([early, other]);
    const earlier = annulmentIn(signLot(releasePerson, record, { things }));
    const after = written(signLot(otherQuality, record, { things, earlier }), 'early-recall');
    expect(after).toMatchObject([{ recall: { command: id }, annulled: {} }]);
  });
});
