export { isSmallOrderEd25519, isSoundEd25519Key } from './ed25519-point.js';
export { assertNativeMlDsa, inThreadVerifier, nativeVerifier } from './native.js';
export { nobleVerifier } from './noble.js';
