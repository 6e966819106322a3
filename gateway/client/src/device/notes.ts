import { canonicalise } from '@veinledger/domain';
import { decrypt, encrypt } from './cipher.js';
import type { KeyOwner, OpenBox } from './key-box.js';

/**
 * Encrypts what a device remembers besides its keys, such as what was read last, so that only who opens the keys reads it.
 * @param name what it is; it opens under no other
 * @returns base64url
 */
export function sealNote({ owner, boxKey }: OpenBox, name: string, text: string): Promise<string> {
  return encrypt(boxKey, text, contextOf(owner, name));
}

/**
 * Opens what {@link sealNote} made.
 * @returns undefined where it was made by other keys, under another name, or is damaged
 */
export function openNote(
  { owner, boxKey }: OpenBox,
  name: string,
  sealed: string,
): Promise<string | undefined> {
  return decrypt(boxKey, sealed, contextOf(owner, name));
}

function contextOf({ network, actor }: KeyOwner, name: string): string {
  return canonicalise({ v: 1, kind: 'veinledger-note', name, network, actor });
}
