import { actor, NOW, signed } from '../example.fixture.js';
import type { Story } from '../graph/honest-therapy.fixture.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Rota } from '../nouns/rota.js';
import type { Role } from '../values/roles.js';
import { type Matters, openMatters } from './matters.js';
import type { People } from './on-call.js';
import type { Wait } from './wait.js';
import { waitsIn } from './waits.js';

const GRANTABLE: Readonly<Record<string, readonly Role[]>> = {
  HospitalMSP: [
    'patient',
    'collector',
    'nurse',
    'clinician',
    'pathologist',
    'pharmacist',
    'coordinator',
    'registrar',
  ],
  LabMSP: ['lab', 'designer', 'registrar'],
  ManufacturerMSP: ['operator', 'quality', 'release-person', 'coordinator', 'registrar'],
  CourierMSP: ['courier', 'registrar'],
};

/** The parties of the honest therapy, as members. */
export const PARTIES: readonly Organisation[] = Object.entries(GRANTABLE).map(
  ([id, grantable]) => ({
    noun: 'organisation',
    id,
    country: 'DE',
    grantable: [...grantable],
    registrars: [`${id.replace('MSP', '').toLowerCase()}.registrar`],
    standing: 'active',
  }),
);

/** A story's matters, whose quality is the manufacturer's. */
export function mattersOf(story: Story, rest: Partial<Matters> = {}): Matters {
  const whole = story.whole();
  return {
    whole: { ...whole, therapy: { ...whole.therapy, quality: 'ManufacturerMSP' } },
    ...openMatters(story.entities),
    parties: PARTIES,
    enrolledAt: 'HospitalMSP',
    hospital: 'HospitalMSP',
    hospitalActs: true,
    suspects: [],
    at: NOW,
    ...rest,
  };
}

/** What waits, each as `code: act of roles at organisation`, or acts after one another. */
export function toldOf(waits: readonly Wait[]): readonly string[] {
  return waits.map(({ code, options }) => {
    const asked = options.map(
      ({ act, organisation, roles, person }) =>
        `${act.split(':')[1] ?? ''} by ${person ?? roles.join('/')} of ${organisation}`,
    );
    return `${code}: ${asked.join(', or ')}`;
  });
}

export function waiting(story: Story, rest: Partial<Matters> = {}): readonly string[] {
  return toldOf(waitsIn(mattersOf(story, rest)));
}

/** A rota of the manufacturer's quality, on which somebody is on duty all that day. */
export function rota(rest: Partial<Rota> = {}): Rota {
  return {
    noun: 'rota',
    organisation: 'ManufacturerMSP',
    role: 'quality',
    periods: [
      {
        from: '2026-11-22T00:00:00.000Z',
        until: '2026-11-23T00:00:00.000Z',
        people: ['manufacturer.quality'],
      },
    ],
    deputies: ['manufacturer.deputy'],
    management: ['manufacturer.head'],
    recorded: signed('manufacturer.registrar'),
    ...rest,
  };
}

/** Whom rotas name, all of them active but those that are left out. */
export function people(rotas: readonly Rota[], ...without: readonly string[]): People {
  const named = rotas.flatMap(({ periods, deputies, management }) => [
    ...periods.flatMap((period) => period.people),
    ...deputies,
    ...management,
  ]);
  const ids = [...named, ...PARTIES.flatMap(({ registrars }) => registrars)];
  return {
    rotas,
    organisations: PARTIES,
    actors: ids
      .filter((id) => !without.includes(id))
      .map((id) => actor(id, 'ManufacturerMSP', 'quality')),
  };
}
