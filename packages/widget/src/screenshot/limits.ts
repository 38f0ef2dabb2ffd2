/** Of the picture that is sent; the API takes a little more. */
export const maxBytes = 500_000
export const maxWidth = 1600
export const maxHeight = 4096
