import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { tracePage } from './page.js';
import type { Thing } from '../reads/therapy-lists.js';
import type { TraceSheet } from './sheet.js';
import { batchOf, COI, handOffOf, itemOf, refusal, traceOf, VIAL } from '../reads/trace.fixture.js';

const sheet: TraceSheet = {
  trace: traceOf([itemOf(VIAL), batchOf()], [refusal()]),
  consents: [],
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

  test('shows every noun of which the ledger holds something, also one that has no section of its own', () => {
    const outcome: Thing = {
      noun: 'outcome',
      coi: COI,
      id: 'follow-up-1',
      kind: 'tumour-response',
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
    for (const said of ['follow-up-1', 'tumour-response', 'o'.repeat(43), 'hospital.clinician']) {
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
    const { text } = tracePage(JSON.parse(poisoned(sheet, hostile)) as TraceSheet);
    expect(text).not.toMatch(/<script|<img|<\/style>[^]*<\/style>|<\/svg>[^]*<\/svg>/);
    expect(text.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)?.length).toBeGreaterThan(30);
    expect(tags(text)).toEqual(
      tags(tracePage(JSON.parse(poisoned(sheet, 'x')) as TraceSheet).text),
    );
  });
});

/** The sheet with a text added to every text in it but nouns and states, which decide what is shown. */
function poisoned(clean: TraceSheet, text: string): string {
  const kept = new Set(['noun', 'decision', 'custody', 'kind', 'batch', 'at', 'printedAt']);
  return JSON.stringify(clean, (name, value: unknown) =>
    typeof value === 'string' && !kept.has(name) ? `${value} ${text}` : value,
  );
}

function tags(text: string): readonly string[] {
  return [...text.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([tag]) => tag);
}
