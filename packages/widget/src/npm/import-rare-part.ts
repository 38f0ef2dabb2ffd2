/** As in `import-part.ts`, for the parts that few pages need: their names would cost bytes in every app. */
declare const HEED_RARE_IMPORTS: Record<string, (() => Promise<unknown>) | undefined>

export const importRarePart = async (name: string): Promise<unknown> => HEED_RARE_IMPORTS[name]?.()
