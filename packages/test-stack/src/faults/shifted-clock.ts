// Loaded before the program (`--import`): moves its wall clock when the parent says so, as an operator or a time server
// does. What measures durations (`performance.now`, timers) stays, as it does in the kernel.
const { Date: RealDate } = globalThis
let byMs = 0

class ShiftedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(RealDate.now() + byMs)
    else super(...(given as [string | number]))
  }

  static override now(): number {
    return RealDate.now() + byMs
  }
}
globalThis.Date = ShiftedDate as DateConstructor

process.on('message', (message: { shiftClockByMs: number }) => {
  byMs = message.shiftClockByMs
  process.send?.({ shiftedByMs: byMs })
})
// Listening for the parent is no reason to stay.
process.channel?.unref()
