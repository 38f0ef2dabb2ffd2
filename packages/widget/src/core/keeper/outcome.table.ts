/**
 * What a reply means for the records it carried. `reply`: each record looks for its own acknowledgement in the body.
 * `done`: stored before. `refused` and `tooLarge`: trying again cannot help. `later`: it can. `network`: no reply came.
 */
type Outcome = 'reply' | 'done' | 'refused' | 'tooLarge' | 'later' | 'network'

/** `status` is 0 for a reply we may not read (redirect, opaque) or that took too long, -1 for a failed connection. */
export const outcomeOf = (status: number): Outcome =>
  status < 0
    ? 'network'
    : status >= 200 && status < 300
      ? 'reply'
      : status === 409
        ? 'done'
        : status === 413
          ? 'tooLarge'
          : [400, 401, 403, 404, 410, 422].includes(status)
            ? 'refused'
            : 'later'
