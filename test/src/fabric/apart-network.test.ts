import { RunningApart } from '../support/running-apart.js';
import { leftOutChapter } from './apart-left-out.js';
import { statesChapter } from './apart-states.js';
import { upgradeChapter } from './apart-upgrade.js';

const apart = RunningApart.forSuite();

upgradeChapter(apart);
leftOutChapter(apart);
statesChapter(apart);
