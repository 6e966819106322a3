export { DEFAULT_PROFILE_FILE, loadProfile, parseProfile } from './load.js';
export { profileSchema, type Member, type Profile } from './schema.js';
