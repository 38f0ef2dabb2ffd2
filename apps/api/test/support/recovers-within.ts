/** How long after a fault everybody who sends is served again, at most. */
export const recoversWithinMs = 5_000
