import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en'
import zh from './zh-CN'

function keys_of(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, below]) => keys_of(below, path ? `${path}.${key}` : key))
}

function names_in(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()
}

function message_at(messages: object, key: string): string {
  return key.split('.').reduce((value: unknown, name) => (value as Record<string, unknown>)[name], messages) as string
}

const sources = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') && !name.startsWith('locales'))
  .map((name) => readFileSync(join(import.meta.dirname, '..', name), 'utf8'))
  .join('\n')

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(keys_of(en)).toEqual(keys_of(zh))
  })

  it('fill in the same names', () => {
    for (const key of keys_of(zh)) {
      const [in_zh, in_en] = [names_in(message_at(zh, key)), names_in(message_at(en, key))]
      expect(in_en, key).toEqual(in_zh)
    }
  })

  it('leave no Chinese in the English, except for the name of the language', () => {
    const chinese = keys_of(en).filter((key) => /[\u4e00-\u9fff]/.test(message_at(en, key)) && key !== 'frame.language_zh')
    expect(chinese).toEqual([])
  })
})

describe('the code', () => {
  it('asks only for messages that exist', () => {
    const known = new Set(keys_of(zh))
    const modules = Object.keys(zh).join('|')
    const asked = [...sources.matchAll(new RegExp(`'((?:${modules})\\.[a-z_.]+)'`, 'g'))].map((match) => match[1]!)
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([])
  })

  it('has no Chinese words of its own', () => {
    const lines = sources.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line) && !/^\s*(\/\/|\/?\*)/.test(line))
    expect(lines).toEqual([])
  })
})
