import { carePlans } from './care.js';
import { consentPlans } from './consent.js';
import { custodyPlans } from './custody.js';
import { governancePlans } from './governance.js';
import { manufacturingPlans } from './manufacturing.js';
import type { Plan } from './plan.js';
import { processPlans, registryPlans } from './registry.js';
import { releasePlans } from './release.js';
import { therapyPlans } from './therapy.js';

/** Every type of command by its name, with how it is decided. */
export const PLANS: ReadonlyMap<string, Plan> = new Map(
  [
    ...registryPlans,
    ...governancePlans,
    ...processPlans,
    ...therapyPlans,
    ...custodyPlans,
    ...manufacturingPlans,
    ...releasePlans,
    ...consentPlans,
    ...carePlans,
  ].map((plan) => [plan.type, plan]),
);

export { executeCommand } from './execute.js';
export type { Carriage, DeliveredAnnexes, Executed, Rulebook } from './execute.js';
export type { Plan } from './plan.js';
