export type { Administrator, Target } from './administrator.js';
export { parseGroup, type ChannelConfig, type ConfigGroup } from './config.js';
export {
  withConsenter,
  withOrganisation,
  withRevocationList,
  type Consenter,
  type NewOrganisation,
} from './edit.js';
export { Translator } from './translate.js';
export {
  changeConfig,
  fetchConfig,
  prepareUpdate,
  signUpdate,
  submitUpdate,
  waitForSequence,
  type ChannelAccess,
  type ConfigChange,
} from './update.js';
export { NOT_ORDERED } from './not-ordered.js';
