import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from './en'
import zh from './zh-CN'

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, below]) => leaves(below, path ? `${path}.${key}` : key))
}

const names_in = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()
const [chinese, english] = [leaves(zh), leaves(en)]

it('has the same keys in both languages, in the same order', () => {
  expect(english.map(([key]) => key)).toEqual(chinese.map(([key]) => key))
})

it('fills in the same names in both', () => {
  expect(english.map(([key, text]) => [key, names_in(text)])).toEqual(chinese.map(([key, text]) => [key, names_in(text)]))
})

it('says nothing that no page uses', () => {
  const folder = join(import.meta.dirname, '..')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith('locales'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  const used = (key: string) => {
    const parts = key.split('.')
    // Either whole, or as "group.${…}", or chosen within the quotes of a condition.
    return sources.includes(`'${key}'`) || sources.includes(`\`${parts.slice(0, -1).join('.')}.\${`)
  }

  expect(chinese.map(([key]) => key).filter((key) => !used(key))).toEqual([])
})
