const plainName = /^[A-Za-z_$][\w$]*$/

/**
 * A JSON value as an expression of JavaScript that stays data wherever its script ends up: `</script>` and line separators
 * are escaped. Names without quotes where that is possible: they are a hundredth of what every page loads.
 */
export function scriptValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(scriptValue).join()}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [`${nameOf(name)}:${scriptValue(member)}`],
    )
    return `{${members.join()}}`
  }
  return escapeText(JSON.stringify(value))
}

function nameOf(name: string): string {
  // Written plainly this one would set the object's prototype, with quotes or without.
  if (name === '__proto__') return '["__proto__"]'
  return plainName.test(name) ? name : escapeText(JSON.stringify(name))
}

const escapeText = (text: string) =>
  text.replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
