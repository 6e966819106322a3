import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Outlook, ThingState } from '@veinledger/domain';
import type { StandingConsent } from '../reads/outlook-reader.js';
import { tracePage } from './page.js';
import type { Thing } from '../reads/therapy-lists.js';
import type { TraceSheet } from './sheet.js';
import {
  batchOf,
  COI,
  handOffOf,
  itemOf,
  outlookWith,
  refusal,
  traceOf,
  VIAL,
} from '../reads/trace.fixture.js';

const sheet: TraceSheet = {
  trace: traceOf([itemOf(VIAL), batchOf()], [refusal()]),
  outlook: outlookWith(),
  consents: [],
  untold: [],
  printedAt: '2026-11-22T13:07:00.000Z',
  printedBy: 'hospital.nurse',
  height: 412,
};

describe('the page of a trace', () => {
  test('says of which therapy it is, when and by whom it was printed, and of how many blocks', () => {
    const { text } = tracePage(sheet);
    expect(text).toMatch(/<html lang="en">/);
    expect(text).toContain(`<h1>Trace of therapy ${COI}</h1>`);
    expect(text).toMatch(
      /2026-11-22 13:07Z<\/time\s*> by hospital\.nurse\. The ledger held\s+412 blocks/,
    );
    expect(text).toContain('printed 2026-11-22 13:07Z by hospital.nurse, ledger of 412 blocks');
  });

  test('says at a glance that nothing stands in the way, or what does', () => {
    expect(tracePage(sheet).text).toContain('Nothing stands in the way of this therapy.');
    const blockers = ['d1', 'd2'].map((id) => ({
      kind: 'deviation' as const,
      id,
      code: 'LATE_ENTRY',
    }));
    const blocked = tracePage({ ...sheet, trace: traceOf([itemOf(VIAL, { blockers })]) }).text;
    expect(blocked).toMatch(/BLOCKED IN PART<\/strong>: 2 matters/);
    expect(blocked).toMatch(/DEVIATION<\/strong>, 2 times/);
  });

  describe('says what the next gates would say', () => {
    const reasons = [{ code: 'CONSENT_DENIED', subject: 'consent TREATMENT_MANUFACTURE' }];
    const next = { subject: `therapy ${COI}`, gate: 'manufacturing:StartStep' };
    const shown = (outlook: Partial<Outlook>, more: Partial<TraceSheet> = {}) =>
      tracePage({ ...sheet, ...more, outlook: outlookWith(outlook) }).text;

    test('when the patient has withdrawn: that the next gate would refuse, and why', () => {
      const item = { subject: `item ${VIAL}`, gate: 'care:AuthoriseDose', reasons };
      const text = shown({ gates: [{ ...next, reasons }, item] });
      expect(text).not.toContain('Nothing stands in the way');
      expect(text).toMatch(
        /BLOCKED<\/strong> by the gate that it comes to next: start step would be refused\./,
      );
      expect(text).toMatch(
        /CONSENT_DENIED<\/strong>[^]*consent TREATMENT_MANUFACTURE[^]*authorise dose, item \(01\)04012345000078/,
      );
    });

    test('to the laboratory too, which does not learn what the patient decided', () => {
      const text = shown(
        { gates: [{ ...next, reasons: [], withheld: true }], partial: true },
        { consents: undefined },
      );
      expect(text).toMatch(/BLOCKED<\/strong> by the gate that it comes to next/);
      expect(text).toContain('WITHHELD FROM YOU');
      expect(text).toContain('You do not see all that counts here.');
      expect(text).not.toMatch(/CONSENT_/);
    });

    test('to who sees a part, only that nothing which they see stands in the way', () => {
      const text = shown({ partial: true });
      expect(text).toContain('Nothing that you see stands in the way of this therapy.');
      expect(text).toContain('You do not see all that counts here.');
      expect(text).not.toContain('doses given');
    });

    test('of what is still to be done that nothing stands in its way', () => {
      const text = shown({ gates: [{ ...next, reasons: [{ code: 'NOT_REVIEWED' }] }] });
      expect(text).toContain('Nothing stands in the way of this therapy. The gate that it comes');
    });

    test('of a batch that expired, though its record says no more than that it was certified', () => {
      const batch = 'batch batch-1';
      const late = { code: 'EXPIRED', subject: batch, found: '2020-01-01T00:00:00.000Z' };
      const text = shown({
        gates: [{ subject: batch, gate: 'care:AuthoriseDose', reasons: [late] }],
        things: [{ subject: batch, state: 'expired', byRecord: 'expired' }],
      });
      expect(text).toMatch(
        /BLOCKED IN PART<\/strong>: gates ahead would refuse 1 thing; the therapy itself may go on/,
      );
      expect(text).toMatch(/batch batch-1<\/li><li><strong class="alarm">EXPIRED<\/strong>/);
    });

    test('and calls an item by what stands against it, in itself or upstream of it', () => {
      const stateOf = (state: ThingState) =>
        /<td>(<strong[^]*?)<\/td>/.exec(
          shown({ things: [{ subject: `item ${VIAL}`, state, byRecord: state }] }),
        )?.[1];
      for (const [state, word] of [
        ['quarantined', 'QUARANTINED'],
        ['on-hold', 'ON HOLD'],
        ['stopped', 'STOPPED'],
      ] as const) {
        expect(stateOf(state)).toBe(`<strong class="alarm">${word}</strong> in custody`);
      }
    });
  });

  test('counts as given what was given, and not an administration that was not started', () => {
    const doses = ['complete', 'not-started', 'interrupted', 'authorised'] as const;
    const states = {
      complete: 'given',
      'not-started': 'not-started',
      interrupted: 'interrupted',
      authorised: 'authorised',
    } as const;
    const things = doses.map((id) => {
      const state = states[id];
      return { subject: `dose ${id}`, state, byRecord: state };
    });
    const { text } = tracePage({ ...sheet, outlook: outlookWith({ things }) });
    expect(text).toMatch(
      /<li>1 dose given<\/li><li>1 dose interrupted<\/li><li>1 dose not started/,
    );
  });

  test('shows a consent that was given as what it is now, and until when it held', () => {
    const consent: StandingConsent = {
      noun: 'consent',
      patient: 'patient-1',
      id: 'consent-1',
      purpose: 'TREATMENT_MANUFACTURE',
      state: 'given',
      legalBasis: 'consent',
      scope: { validUntil: '2026-11-01T00:00:00.000Z' },
      stands: 'expired',
    };
    const text = tracePage({ ...sheet, consents: [consent] }).text;
    expect(text).toMatch(
      /<td><strong class="alarm">EXPIRED<\/strong>, valid until <time datetime="2026-11-01T/,
    );
    const now = tracePage({ ...sheet, consents: [{ ...consent, stands: 'given' }] }).text;
    expect(now).toContain('<td>given</td>');
  });

  test('shows the label that a hand-off’s half read otherwise than the item is named, and no other', () => {
    const handOffs = (...labels: readonly [string, string]) => {
      const { text } = tracePage({
        ...sheet,
        trace: traceOf([itemOf(VIAL), handOffOf(...labels)]),
      });
      return [...text.matchAll(/LABEL<\/strong> ([^<\n]+)/g)].map(([, read]) => read?.trim());
    };
    expect(handOffs(VIAL, VIAL)).toEqual([]);
    expect(handOffs(VIAL.replace(/1$/, '2'), 'unreadable')).toEqual([
      '(01)04012345000078 (21)1-2',
      'unreadable',
    ]);
  });

  test('shows the labels that a thing was given, and reads none of them as another’s', () => {
    const label = VIAL.replace(/1$/, '2');
    const words = { labelRead: VIAL, label, reason: 'damaged', formerLabel: 'destroyed' } as const;
    const signed = {
      actor: 'x',
      command: 'c'.repeat(43),
      at: '2026-11-23T09:00:00.000Z',
      time: '2026-11-23T09:00:00.000Z',
    };
    const page = (rest: object) => {
      const relabellings = [{ ...words, signatures: [], ...rest }];
      const items = [{ ...itemOf(VIAL), relabellings }, handOffOf(VIAL, label)];
      return tracePage({ ...sheet, trace: traceOf(items) }).text;
    };
    expect(page({})).toMatch(
      /relabelled \(01\)04012345000078 \(21\)1-2\s+<strong[^>]*>NOT VERIFIED/,
    );
    expect(page({ annulled: signed })).toContain('ENTERED IN ERROR');
    const verified = page({ verified: signed });
    expect(verified).toContain('relabelled (01)04012345000078 (21)1-2');
    expect(verified).not.toMatch(/NOT VERIFIED|LABEL<|ENTERED IN ERROR/);
  });

  test('shows every noun of which the ledger holds something, also one that has no section of its own', () => {
    const outcome: Thing = {
      noun: 'outcome',
      coi: COI,
      id: 'follow-up-1',
      commitment: 'o'.repeat(43),
      reported: {
        actor: 'hospital.clinician',
        command: 'c'.repeat(43),
        at: '2026-12-24T09:00:00.000Z',
        time: '2026-12-24T09:00:01.000Z',
      },
    };
    const { text } = tracePage({ ...sheet, trace: traceOf([outcome]) });
    expect(text).toMatch(/<h2 id="things-outcome-heading">Recorded: outcome<\/h2>/);
    for (const said of ['follow-up-1', 'o'.repeat(43), 'hospital.clinician']) {
      expect(text).toContain(said);
    }
    expect(text).toMatch(/2026-12-24 09:00:00Z<\/time\s*> by hospital\.clinician/);
    expect(tracePage(sheet).text).not.toContain('Recorded:');
  });

  test('shows what an investigation planned and found, and who has still to sign', () => {
    const by = {
      actor: 'manufacturer.reviewer',
      command: 'c'.repeat(43),
      at: '2026-11-23T09:00:00.000Z',
      time: '2026-11-23T09:00:01.000Z',
    };
    const open: Thing = {
      noun: 'investigation',
      coi: COI,
      id: 'INV-1',
      step: 'release-tests',
      attempt: 1,
      check: 'sterility',
      phases: [
        {
          ...by,
          phase: 'laboratory',
          retest: { items: [VIAL], datasets: [], number: 1, analyst: 'manufacturer.tester' },
        },
      ],
    };
    const half: Thing = {
      ...open,
      conclusion: {
        cause: 'laboratory',
        signatures: [{ ...by, organisation: 'ManufacturerMSP', roles: ['quality'] }],
        missing: [{ organisation: 'ManufacturerMSP', roles: ['release-person'] }],
        retests: [],
      },
    };
    const told = (thing: Thing) =>
      tracePage({ ...sheet, trace: traceOf([thing]) })
        .text.replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ');
    expect(told(open)).toContain('sterility of release-tests, attempt 1');
    expect(told(open)).toMatch(
      /laboratory phase, [^;]+ by manufacturer\.reviewer; tested again by manufacturer\.tester/,
    );
    expect(told(half)).toContain('cause: laboratory');
    expect(told(half)).toContain('OPEN, waits for release person of ManufacturerMSP');
    expect(told({ ...open, annulled: by })).toContain('ENTERED IN ERROR');
    expect(tracePage(sheet).text).not.toContain('Investigations');
  });

  test('shows consents to those who may see them only', () => {
    expect(tracePage(sheet).text).toContain('The patient has decided on nothing.');
    const hidden = tracePage({ ...sheet, consents: undefined }).text;
    expect(hidden).toMatch(/Shown to the patient, the patient's\s+hospital and auditors\s+only\./);
  });

  test('says of what the reader is not told that it is not shown, not that there is none', () => {
    const none = { ...sheet, trace: traceOf([]) };
    expect(tracePage(none).text).toContain('Nothing went otherwise than agreed.');
    const untold = ['item', 'deviation', 'verification'] as const;
    const { text } = tracePage({ ...none, untold });
    expect(text).not.toMatch(/Nothing went otherwise|Nobody has verified|has been collected/u);
    expect(text.match(/Not shown to you\./gu)).toHaveLength(4);
    expect(text).toContain('Nothing has been handed over.');
  });

  test('says that the therapy was halted, by whom, and which dose was cancelled', () => {
    const trace = traceOf([]);
    const signed = { ...trace.therapy.ordered, actor: 'hospital.clinician' };
    const place = { site: '4012345000016', depot: '4012345000023', slot: 'slot-1' };
    const orderLines = [{ dose: 1, day: 50, ...place, cancelled: signed }];
    const halts = [{ ...signed, commitment: 'h'.repeat(43) }];
    const therapy = { ...trace.therapy, orderLines, halts };
    const { text } = tracePage({ ...sheet, trace: { ...trace, therapy } });
    expect(text).toMatch(/HALTED<\/strong> <time[^>]*>[^<]*<\/time\s*> by hospital\.clinician/u);
    expect(text).toContain('CANCELLED');
    expect(tracePage(sheet).text).not.toMatch(/HALTED|CANCELLED/u);
  });

  test('lets a browser use its own styles, and nothing else', () => {
    const { text, policy } = tracePage(sheet);
    const styles = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(styles).digest('base64');
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(text).not.toMatch(
      /<script|\sstyle=|\son\w+=|javascript:|https?:\/\/(?!id\.gs1\.org|www\.w3\.org\/2000\/svg)/,
    );
  });

  test('has a heading for every section, each linked from its contents', () => {
    const { text } = tracePage(sheet);
    const linked = [...text.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const headed = [...text.matchAll(/<h2 id="([\w-]+)-heading"/g)].map(([, id]) => id);
    expect(linked).toEqual(headed);
    expect(headed).toHaveLength(12);
  });

  test('runs nothing that a hostile ledger holds, whatever the field', () => {
    const hostile = `"'></title></style></svg><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const outlook = outlookWith({
      gates: [
        {
          subject: `item ${VIAL}`,
          gate: 'a:B',
          reasons: [{ code: 'C', subject: 'd', found: 'e' }],
        },
      ],
      things: [{ subject: `item ${VIAL}`, state: 'stopped', byRecord: 'stopped' }],
    });
    const looked = { ...sheet, outlook };
    const { text } = tracePage(JSON.parse(poisoned(looked, hostile)) as TraceSheet);
    expect(text).not.toMatch(/<script|<img|<\/style>[^]*<\/style>|<\/svg>[^]*<\/svg>/);
    expect(text.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)?.length).toBeGreaterThan(30);
    expect(tags(text)).toEqual(
      tags(tracePage(JSON.parse(poisoned(looked, 'x')) as TraceSheet).text),
    );
  });
});

/** The sheet with a text added to every text in it but nouns and states, which decide what is shown. */
function poisoned(clean: TraceSheet, text: string): string {
  const kept = new Set([
    'noun',
    'state',
    'decision',
    'custody',
    'kind',
    'batch',
    'at',
    'printedAt',
  ]);
  return JSON.stringify(clean, (name, value: unknown) =>
    typeof value === 'string' && !kept.has(name) ? `${value} ${text}` : value,
  );
}

function tags(text: string): readonly string[] {
  return [...text.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([tag]) => tag);
}
