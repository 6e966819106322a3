import { aboutOf, MAKING } from '../account/about.js';
import { isOf, type Said } from '../account/said.js';
import { batchOf } from '../account/things.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';

type Signature = Said<'manufacturing:ReviewBatch'> | Said<'manufacturing:CertifyBatch'>;

/** Who made, split, designed, tested or recorded anything upstream neither reviews nor certifies it; these are two. */
export const E3: Clause = {
  id: 'E3',
  gates: ['review', 'certification', 'dose'],
  forbids: (matter) => {
    const signed = (type: Signature['type']): Signature[] => [
      ...matter.account
        .of(type)
        .filter(({ body }) => matter.whole.has(batchOf(body.coi, body.batch))),
      ...(matter.asked.type === type ? [matter.asked as Signature] : []),
    ];
    const reviews = signed('manufacturing:ReviewBatch');
    const certifications = signed('manufacturing:CertifyBatch');
    const extending = isOf(matter.asked, 'quality:ExtendExpiry') ? [matter.asked] : [];
    return [
      ...[...reviews, ...certifications, ...extending].flatMap((each) =>
        madeBy(matter, each).map((type) => `${each.actor} made what they release, by ${type}`),
      ),
      ...certifications
        .filter(({ actor }) => reviews.length > 0 && reviews.every((each) => each.actor === actor))
        .map(({ actor }) => `${actor} reviewed and certified`),
    ];
  },
};

/** What makes somebody a maker: whatever they recorded upstream, where it went too. */
const RECORDING = [
  ...MAKING,
  'manufacturing:StartStep',
  'custody:DisposeItem',
  'custody:ReportLoss',
  'custody:ReportFound',
] as const;

/** By which types of words who signs made anything upstream. */
function madeBy(
  { account, whole }: Matter,
  { actor, index }: Pick<Said, 'actor' | 'index'>,
): readonly string[] {
  const making = RECORDING.flatMap((type): readonly Said[] => account.ever(type))
    .filter((said) => said.actor === actor && said.index < index)
    .filter((said) => aboutOf(said).some((each) => whole.has(each)));
  return [
    ...new Set(
      making.map((said) => (isOfEnded(said) ? `${said.type} of what had ended` : said.type)),
    ),
  ];
}

function isOfEnded({ answer }: Said): boolean {
  return answer.deviations.some(({ code }) => code === 'NOT_IN_CUSTODY');
}
