import { expect, it } from 'vitest'
import { device_of } from './device'

it('names browser and system', () => {
  expect(
    device_of('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'),
  ).toBe('Chrome · Windows')
  expect(device_of('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0')).toBe('WeChat · iOS')
})

it('says nothing of a program that it does not know', () => {
  expect(device_of('curl/8.0')).toBe('')
})
