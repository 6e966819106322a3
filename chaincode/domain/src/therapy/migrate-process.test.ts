import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { honest, lacking, SHIPPED, type Story } from '../graph/honest-therapy.fixture.js';
import type { Organisation } from '../nouns/organisation.js';
import { type ProcessDefinition, processHash, type Step } from '../nouns/process-definition.js';
import { changesBetween } from '../process/changes.js';
import { ROLES } from '../values/roles.js';
import { decideMigrateProcess, migrateProcess } from './migrate-process.js';

const quality = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
const manufacturer: Organisation = {
  noun: 'organisation',
  id: 'ManufacturerMSP',
  country: 'DE',
  grantable: ROLES,
  registrars: ['manufacturer.registrar'],
  standing: 'active',
};

/** The next version, with other steps. */
function next(change: (steps: readonly Step[]) => readonly Step[]): ProcessDefinition {
  const steps = change(SHIPPED.steps).map((step, index) => ({ ...step, number: index + 1 }));
  return { ...SHIPPED, version: '1.1', steps };
}
const alter = (id: string, members: Partial<Step>) =>
  next((steps) => steps.map((step) => (step.id === id ? { ...step, ...members } : step)));
const alterChecks = (id: string, check: string, members: object) =>
  next((steps) =>
    steps.map((step) => ({
      ...step,
      checks: step.checks.map((each) =>
        step.id === id && each.code === check ? { ...each, ...members } : each,
      ),
    })),
  );
const without = (id: string) =>
  next((steps) =>
    steps
      .filter((step) => step.id !== id)
      .map((step) => ({ ...step, needs: step.needs.filter((need) => need !== id) })),
  );

const ungated = next((steps) =>
  steps.map((step) => (step.id === 'design' ? lacking(step, 'gate') : step)),
);

function migrate(
  story: Story,
  definition: ProcessDefinition,
  rest: { readonly changes?: object; readonly hash?: string; readonly id?: string } = {},
) {
  const therapy = { ...story.find('therapy', COI), quality: 'ManufacturerMSP' };
  const { id, version } = definition;
  const hash = processHash(definition);
  const body = migrateProcess.body.parse({
    coi: COI,
    process: { id: rest.id ?? id, version, hash: rest.hash ?? hash },
    changes: rest.changes ?? changesBetween(story.definition, definition),
  });
  const process = {
    noun: 'process',
    ...{ id, version, hash, definition, publishedBy: 'lab.registrar', at: NOW },
  } as const;
  const state = { whole: story.whole(), therapy, process, parties: [manufacturer] };
  return decideMigrateProcess(state, command(quality.id, body), context(quality));
}

const codes = (decision: ReturnType<typeof migrate>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [decision.decision];

describe('a running therapy', () => {
  test('goes on by the next version, with quality’s signature and the version before', () => {
    const later = alter('fill-finish', { targetDay: 34 });
    const before = honest().find('therapy', COI).process;
    expect(migrate(honest(), later)).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'therapy',
          process: { version: '1.1', hash: processHash(later) },
          migrations: [{ actor: quality.id, from: before }],
        },
      ],
    });
  });

  test('does so only where quality names all that changes, and nothing beside', () => {
    const later = alter('fill-finish', { targetDay: 34 });
    const refused = migrate(honest(), later, { changes: [] });
    expect(refused).toMatchObject({
      reasons: [{ code: 'CHANGES_NOT_NAMED', expected: 'step fill-finish changed: targetDay' }],
    });
    const beside = { of: 'step', id: 'design', change: 'removed', members: [] };
    const changes = [...changesBetween(SHIPPED, later), beside];
    expect(migrate(honest(), later, { changes })).toMatchObject({
      reasons: [{ code: 'CHANGES_NOT_NAMED', found: 'step design removed' }],
    });
  });

  test.each<[string, ProcessDefinition, string]>([
    ['the gate H4', without('certification'), 'GATE_DROPPED'],
    ['the gate H2 of a step', ungated, 'GATE_DROPPED'],
    [
      'who signs at the gate H3',
      alter('qa-review', { attestedBy: 'manufacturing:CertifyBatch' }),
      'GATE_DROPPED',
    ],
    ['a step that was done', without('genotyping'), 'STEP_DROPPED'],
    ['a kind of what is there', alter('extraction', { outputs: ['dna'] }), 'KIND_DROPPED'],
    [
      'a kind of data that is there',
      alter('calling', { datasets: ['bam', 'vcf'] }),
      'KIND_DROPPED',
    ],
  ])('does not drop what it has passed: %s', (_name, later, code) => {
    expect(codes(migrate(honest(), later))).toContain(code);
  });

  test('may drop what it has not come to yet', () => {
    const early = honest().without('step', 'slot-booking/1');
    expect(codes(migrate(early, without('slot-booking')))).toEqual(['permitted']);
    expect(codes(migrate(honest(), without('slot-booking')))).toEqual(['STEP_DROPPED']);
  });

  test('loses no failure by it: the check that failed stays, of its class', () => {
    const failed = honest().judge('transcription/1', { endotoxin: 'fail' });
    const checks = SHIPPED.steps.find(({ id }) => id === 'transcription')?.checks ?? [];
    const gone = checks.filter(({ code }) => code !== 'endotoxin');
    const milder = checks.map((check) =>
      check.code === 'endotoxin' ? { ...check, class: 'information' as const } : check,
    );
    expect(codes(migrate(failed, alter('transcription', { checks: gone })))).toEqual([
      'FAILURE_DROPPED',
    ]);
    expect(codes(migrate(failed, alter('transcription', { checks: milder })))).toEqual([
      'FAILURE_DROPPED',
    ]);
    expect(codes(migrate(honest(), alter('transcription', { checks: gone })))).toEqual([
      'permitted',
    ]);
  });

  test('makes nothing of a failure: no control of its run, and nothing that is topped up', () => {
    const failed = honest().judge('transcription/1', { endotoxin: 'fail' });
    for (const member of [{ control: true }, { topUp: 'later' as const }]) {
      const later = alterChecks('transcription', 'endotoxin', member);
      expect(codes(migrate(failed, later))).toEqual(['FAILURE_DROPPED']);
      expect(codes(migrate(honest(), later))).toEqual(['permitted']);
    }
  });

  test('makes no result of a run whose control failed', () => {
    const failed = honest().judge('sequencing/1', { q30: 'fail' });
    const refused = migrate(failed, alterChecks('sequencing', 'q30', { control: false }));
    expect(new Set(codes(refused))).toEqual(new Set(['FAILURE_DROPPED']));
  });

  test('stays as it is once it was halted', () => {
    const blockers = [{ kind: 'halt' as const, id: 'H.1', code: 'THERAPY_HALTED' as const }];
    const halted = honest().change('therapy', COI, { blockers });
    expect(codes(migrate(halted, alter('fill-finish', { targetDay: 34 })))).toEqual([
      'THERAPY_HALTED',
    ]);
  });

  test('goes to no other process, to none that differs from what was signed, and not to where it is', () => {
    const later = alter('fill-finish', { targetDay: 34 });
    expect(codes(migrate(honest(), { ...later, id: 'pcv-other' }))).toContain('OTHER_PROCESS');
    expect(codes(migrate(honest(), later, { hash: DIGEST }))).toEqual(['PROCESS_HASH_DIFFERS']);
    const there = honest().change('therapy', COI, (thing) => ({
      ...thing,
      process: { ...thing.process, hash: processHash(SHIPPED) },
      ordered: signed('hospital.clinician'),
    }));
    expect(codes(migrate(there, SHIPPED))).toEqual(['NOTHING_CHANGES']);
  });

  test('stays in its jurisdiction, and among its parties', () => {
    const abroad = { ...alter('fill-finish', { targetDay: 34 }), jurisdictions: ['US'] };
    expect(codes(migrate(honest(), abroad))).toEqual(['JURISDICTION_NOT_COVERED']);
  });
});
