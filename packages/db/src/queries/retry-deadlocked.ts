const attempts = 5

/**
 * Runs a transaction again that PostgreSQL ended because others wait for it in a circle. For those that lock rows of
 * several tables whose other writers keep no order.
 */
export async function retryDeadlocked<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === '40P01'
      if (!isDeadlock || attempt === attempts) throw error
    }
  }
}
