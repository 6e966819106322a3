/** What a peer answers a contract that asks for what Fabric does not allow: the contract sees an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
