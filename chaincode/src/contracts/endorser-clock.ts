/**
 * The endorser's own clock, milliseconds since the epoch: the only clock read in chaincode. It refuses
 * transactions whose time the client chose; what it says is never recorded and decides nothing else.
 */
export type EndorserClock = () => number;

export const systemClock: EndorserClock = () => Date.now();
