/**
 * How an ordering node refuses what it, or another one, takes later: it has not joined the channel (each version of
 * Fabric says that in its own words), has no leader, or is one of too few.
 */
export const NOT_ORDERED =
  /channel does not exist|channel creation request not allowed|SERVICE_UNAVAILABLE/;
