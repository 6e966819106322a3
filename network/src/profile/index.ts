export { DEFAULT_PROFILE_FILE, loadProfile, parseProfile, profileFile } from './load.js';
export {
  memberSchema,
  membersOf,
  MOST_CHANNELS,
  PORTS_PER_MEMBER,
  profileSchema,
  type Channel,
  type Member,
  type Profile,
} from './schema.js';
