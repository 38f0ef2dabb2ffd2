import '@heed/widget'

/** What this shop tells beyond GA4's words: from here on `track('gift_found', ...)` and triggers on it are checked. */
declare module '@heed/widget' {
  interface HeedEvents {
    gift_found: { steps: number; price?: number }
  }
}
