import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scriptValue } from '../src/content/script-value.ts'

test('whatever JSON can say, the script says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const said = runInNewContext(`JSON.stringify(${scriptValue(value)})`)
      expect(said).toBe(JSON.stringify(value))
    }),
  )
})

test('names that mean something in the language are names', () => {
  const value = JSON.parse('{"__proto__":{"a":1},"class":2,"a-b":3,"1":4,"한":5,"":6,"constructor":7}')
  expect(JSON.parse(runInNewContext(`JSON.stringify(${scriptValue(value)})`))).toEqual(value)
  expect(scriptValue({ onePerSession: false, left: undefined })).toBe('{onePerSession:false}')
})

test('no text ends the script, and none its line', () => {
  const text = scriptValue({ '</script>': ['</script><!--', '\u2028\u2029'] })
  expect(text).not.toMatch(/[<\u2028\u2029]/)
})
