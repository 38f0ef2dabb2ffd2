type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'keyCode' | 'ctrlKey' | 'metaKey'>

/**
 * Whether Enter gives the answer. Enter that ends a composition (Korean, Japanese, Chinese input) never does; Safari
 * has left the composition by then and tells it by key code 229 alone (https://bugs.webkit.org/show_bug.cgi?id=165004).
 * In a comment it needs Ctrl or Cmd, since Enter alone is a new line.
 */
export const isSubmitKey = (event: Key, isMultiline: boolean): boolean =>
  event.key === 'Enter' &&
  !event.isComposing &&
  event.keyCode !== 229 &&
  (!isMultiline || event.ctrlKey || event.metaKey)
