/** Where patients say no who have no token: what they sign is all that is asked for. */
export const WITHDRAWALS_PATH = '/v1/withdrawals';
