import { expect, test } from 'vitest'
import { run } from '../harness/run.ts'

test('a program that ends without reading what it was given is no fault of ours', async () => {
  const printed = await run('echo', ['done'], { input: 'x'.repeat(4_000_000) })

  expect(printed).toBe('done\n')
})
