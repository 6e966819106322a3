import type { AnalysisTurn, TherapyJourney } from '../journey/index.js';
import { patientE } from './exception.js';
import { patientB } from './excursion.js';
import { patientG } from './halted.js';
import { patientJ, patientK, patientL, patientM } from './mishaps.js';
import type { Stage } from './stage.js';
import { patientA, patientC, patientC2, patientF } from './stories.js';
import { patientH } from './unreachable.js';

/** What a story is given besides its stage. */
export interface Given {
  /** what the caller's files say in patient A's analysis */
  readonly turn: AnalysisTurn;
  /** patient A's therapy, in the stories after it */
  readonly a: () => TherapyJourney;
  readonly keepA: (journey: TherapyJourney) => void;
}

/** A story of one patient. */
export interface Story {
  readonly letter: string;
  /** in a line */
  readonly title: string;
  /** the process, by its id; the vaccine's where this is left out */
  readonly process?: string;
  /** it needs what patient A's leaves behind */
  readonly afterA?: true;
  readonly play: (stage: Stage, given: Given) => Promise<void>;
}

/** Every story, in the order of play. */
export const PLAYBILL: readonly Story[] = [
  {
    letter: 'A',
    title: 'from the biopsy back to the same arm',
    play: async (stage, { turn, keepA }) => keepA(await patientA(stage, turn)),
  },
  { letter: 'B', title: 'a vial too warm on the way, which quality accepts', play: patientB },
  { letter: 'C', title: 'the samples are not of one person', play: patientC },
  { letter: 'C2', title: 'both samples are of the same wrong patient', play: patientC2 },
  {
    letter: 'E',
    title: 'cells outside their specification, and no time to make others',
    process: 'cart-autologous',
    play: patientE,
  },
  {
    letter: 'F',
    title: 'the wrong vial at the bedside',
    afterA: true,
    play: (stage, { a }) => patientF(stage, a()),
  },
  { letter: 'G', title: 'a death while the vaccine is made', play: patientG },
  { letter: 'H', title: 'the network is cut at the bedside', play: patientH },
  { letter: 'J', title: 'tested until it passes', play: patientJ },
  { letter: 'K', title: 'a vial of no batch in the pool', play: patientK },
  { letter: 'L', title: 'a word that moves nothing', play: patientL },
  { letter: 'M', title: 'a slip in a batch record', play: patientM },
];

/** The stories of these letters, and patient A's where one of them needs it; every story where none is named. */
export function storiesOf(letters: readonly string[]): readonly Story[] {
  if (letters.length === 0) return PLAYBILL;
  const asked = PLAYBILL.filter(({ letter }) => letters.includes(letter));
  const needsA = asked.some(({ afterA }) => afterA);
  return PLAYBILL.filter((story) => asked.includes(story) || (needsA && story.letter === 'A'));
}
