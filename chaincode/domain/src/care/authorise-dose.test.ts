import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  RECIPIENT,
} from '../example.fixture.js';
import { HOLD, honest, own, SHIPPED, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { authoriseDose, type AuthoriseState, decideAuthoriseDose } from './authorise-dose.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const VERIFIED = ['verification-hospital.nurse', 'verification-hospital.clinician'];

function stateOf(story: Story, id: string): AuthoriseState {
  const whole = story.whole();
  const found = whole.items.get(id);
  const named: NamedItem = found ? { id, known: 'own', item: found } : { id, known: 'never' };
  return {
    therapy: whole.therapy,
    whole,
    named,
    ancestry: upstreamOf(whole, [{ kind: 'item', ...own(id) }]),
    consents: [consent('given')],
    recipient: RECIPIENT,
    suspects: [],
  };
}

function ask(story: Story = honest(), rest: Partial<AuthoriseState> = {}, said: object = {}) {
  const body = authoriseDose.body.parse({
    coi: COI,
    dose: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: VERIFIED,
    fitness: 'go',
    continueAfterLapse: false,
    ...said,
  });
  return decideAuthoriseDose(
    { ...stateOf(story, body.item), ...rest },
    command(clinician.id, body),
    context(clinician),
  );
}

const codes = (decided: ReturnType<typeof ask>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a dose', () => {
  test('is authorised when nothing stands against it, and uses its verifications up', () => {
    expect(ask()).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'dose',
          id: 'dose-1',
          number: 1,
          item: THINGS.dose,
          verifications: VERIFIED,
          authorised: { actor: clinician.id },
        },
        { noun: 'dose-line', number: 1, dose: 'dose-1' },
      ],
    });
  });

  test('is not authorised twice: one item with the same two checks for lines 1 and 2', () => {
    const first = ask();
    if (first.decision !== 'permitted') throw new Error('the first is refused');
    const after = honest().with(...first.changes);
    const second = ask(after, {}, { dose: 'dose-2', number: 2 });
    expect([...new Set(codes(second))]).toEqual(['CONTAINER_TAKEN', 'VERIFICATION_USED']);
  });

  test('is not authorised on checks of five hours ago that were entered now', () => {
    const story = VERIFIED.reduce(
      (before, id) =>
        before.change('verification', id, (each) => ({
          ...each,
          by: { ...each.by, at: addMinutes(NOW, -300) },
        })),
      honest(),
    );
    expect(codes(ask(story))).toEqual(['NOT_VERIFIED', 'TOKEN_NOT_READ']);
  });

  test('is refused on what compromised keys signed, naming the record', () => {
    const suspect = {
      subject: 'design design-1',
      signed: signed('manufacturer.quality'),
      actor: 'manufacturer.quality',
      since: NOW,
    };
    expect(ask(honest(), { suspects: [suspect] })).toMatchObject({
      reasons: [
        {
          code: 'SUSPECT_SIGNATURE',
          subject: 'design design-1',
          found: `command ${DIGEST} by manufacturer.quality, compromised since ${NOW}`,
        },
      ],
    });
  });

  test('is refused on a check at the bedside that compromised keys signed', async () => {
    const nurse = {
      ...actor('hospital.nurse', 'HospitalMSP', 'nurse'),
      revocation: {
        ...{ at: NOW, by: 'hospital.registrar', reason: 'key-compromised' },
        compromisedSince: addMinutes(NOW, -5),
      },
    };
    const process = {
      ...({ noun: 'process', id: SHIPPED.id, version: SHIPPED.version, hash: DIGEST } as const),
      ...{ definition: SHIPPED, publishedBy: 'manufacturer.quality', at: NOW },
    };
    const asked = command(clinician.id, {
      ...{ coi: COI, dose: 'dose-1', number: 1, item: THINGS.dose, verifications: VERIFIED },
      ...{ fitness: 'go', continueAfterLapse: false },
    });
    const decided = (...others: readonly Entity[]) =>
      authoriseDose
        .prepare(asked, asked.id)
        .decide(
          readerOf(...honest().entities, process, consent('given'), ...others),
          context(clinician),
        );
    expect(await decided()).toMatchObject({ decision: 'permitted' });
    expect(await decided(nurse)).toMatchObject({
      reasons: [{ code: 'SUSPECT_SIGNATURE', subject: 'verification verification-hospital.nurse' }],
    });
  });

  test('draws on a consent with limited uses, until they are used up', () => {
    const limited = consent('given', { scope: { maxUses: 2 } });
    expect(ask(honest(), { consents: [{ ...limited, used: 1 }] })).toMatchObject({
      changes: [{}, {}, { noun: 'consent-use', consent: 'consent-1' }],
    });
    const usedUp = [{ ...limited, used: 2, decided: signed('patient-1') }];
    expect(ask(honest(), { consents: usedUp })).toMatchObject({
      reasons: [{ code: 'CONSENT_NOT_ACTIVE', found: 'used 2 times' }],
    });
    const lapse = { notAsked: 'unconscious', waiting: 'endangers-life' };
    const goOn = { continueAfterLapse: true, lapse };
    expect(codes(ask(honest(), { consents: usedUp }, goOn))).toEqual(['permitted']);
    const unsaid = { continueAfterLapse: true };
    expect(codes(ask(honest(), { consents: usedUp }, unsaid))).toEqual([
      'CONSENT_NOT_ACTIVE',
      'LAPSE_WITHOUT_CAUSE',
    ]);
  });

  const foreign = (id: string): NamedItem => ({
    id,
    known: 'foreign',
    item: item({ id, coi: OTHER_COI }),
  });
  const taken = {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 2,
    item: din(50),
    verifications: [],
    administrations: [],
  } as const;
  const elsewhere = { organisation: 'CourierMSP', actor: 'courier.driver' };
  const dose = (change: object) =>
    honest().change('item', THINGS.dose, (thing) => ({ ...thing, ...change }));

  test.each<[string, Story, Partial<AuthoriseState>, object, string]>([
    ['under a name that is taken', honest().with(taken), {}, {}, 'IDENTIFIER_TAKEN'],
    ['that was not ordered', honest(), {}, { number: 3 }, 'DOSE_NOT_ORDERED'],
    ['for a patient who is not fit', honest(), {}, { fitness: 'no-go' }, 'NOT_FIT'],
    ['that nobody registered', honest(), {}, { item: din(50) }, 'UNKNOWN_ITEM'],
    [
      'of another patient',
      honest(),
      { named: foreign(din(50)) },
      { item: din(50) },
      'FOREIGN_ITEM',
    ],
    ['that is no product', honest(), {}, { item: THINGS.drugSubstance }, 'WRONG_KIND'],
    ['past its in-use time', dose({ useBy: NOW }), {}, {}, 'EXPIRED'],
    ['that is not at this hospital', dose({ holder: elsewhere }), {}, {}, 'NOT_HOLDER'],
    ['that is on its way', dose({ custody: 'in-transit' }), {}, {}, 'NOT_IN_CUSTODY'],
    ['that was given', dose({ custody: 'administered' }), {}, {}, 'NOT_IN_CUSTODY'],
    [
      'against a refusal',
      honest(),
      { consents: [consent('refused')] },
      {
        continueAfterLapse: true,
        lapse: { notAsked: 'unconscious', waiting: 'endangers-life' },
      },
      'CONSENT_DENIED',
    ],
    [
      'that nobody compared with the patient',
      honest(),
      {},
      { verifications: ['other'] },
      'NOT_VERIFIED',
    ],
    ['of a broken chain', honest().without('dataset', 'hla'), {}, {}, 'BROKEN_CHAIN'],
    [
      'pooled from a released vial and one of no batch',
      dose({ parents: [own(THINGS.vials[0]), own(THINGS.retainedVial)] }),
      {},
      {},
      'NO_BATCH',
    ],
  ])('%s is refused', (_name, story, rest, said, code) => {
    expect(codes(ask(story, rest, said))).toContain(code);
  });

  test('of another patient is refused without a word of whose it is', () => {
    const decision = ask(honest(), { named: foreign(din(50)) }, { item: din(50) });
    expect(JSON.stringify(decision)).not.toContain(OTHER_COI);
  });

  test('is refused with every reason against it, each once', () => {
    const stopped = honest().change('item', THINGS.dose, HOLD);
    const decision = ask(stopped, { consents: [] }, { fitness: 'no-go' });
    expect(codes(decision)).toEqual(['NOT_FIT', 'ON_HOLD', 'CONSENT_NOT_ACTIVE']);
  });
});
