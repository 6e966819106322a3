export { isSmallOrderEd25519, isSoundEd25519Key } from './ed25519-point.js';
export { assertNativeMlDsa, nativeVerifier } from './native.js';
export { nobleVerifier } from './noble.js';
