/** Who the shop says this is; sent only when identifying is allowed. */
export let subject: string | undefined

export const setSubject = (given: string | undefined): void => {
  subject = given
}
