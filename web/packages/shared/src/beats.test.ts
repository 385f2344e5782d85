import { describe, expect, it } from 'vitest'
import { Watcher, type BeatAnswer, type Stretch } from './beats'

function watching(answer: (stretch: Stretch) => Partial<BeatAnswer> = () => ({})) {
  const clock = { now: 0 }
  const sent: Stretch[] = []
  const watcher = new Watcher(
    async (stretch) => {
      sent.push(stretch)
      return { outcome: 'credited', credited_to_ms: stretch.to_ms, learnt: 0, is_completed: false, ...answer(stretch) }
    },
    () => {},
    () => clock.now,
  )
  const play = async (from: number, to: number) => {
    for (let at = from + 250; at <= to; at += 250) {
      clock.now += 250
      await watcher.reach(at)
    }
  }
  return { watcher, sent, play }
}

const stretches = (sent: Stretch[]) => sent.map(({ from_ms, to_ms }) => [from_ms, to_ms])

describe('a player', () => {
  it('tells every ten seconds what it has shown', async () => {
    const { watcher, sent, play } = watching()

    watcher.begin(0, 100)
    await play(0, 25_000)
    await watcher.hand_over()

    expect(stretches(sent)).toEqual([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 25_000],
    ])
  })

  it('leaves out what was leapt over', async () => {
    const { watcher, sent, play } = watching()

    watcher.begin(0, 100)
    await play(0, 3_000)
    await watcher.reach(60_000)
    await play(60_000, 62_000)
    await watcher.hand_over()

    expect(stretches(sent)).toEqual([
      [0, 3_000],
      [60_000, 62_000],
    ])
  })

  it('sends again what the server could not credit yet', async () => {
    const { watcher, sent, play } = watching((stretch) => ({ credited_to_ms: stretch.from_ms === 0 ? 9_000 : stretch.to_ms }))

    watcher.begin(0, 100)
    await play(0, 10_000)
    expect(watcher.is_behind).toBe(true)
    await watcher.hand_over()

    expect(stretches(sent)).toEqual([
      [0, 10_000],
      [9_000, 10_000],
    ])
    expect(watcher.is_behind).toBe(false)
  })

  it('has nothing to tell while it stands still', async () => {
    const { watcher, sent } = watching()

    watcher.begin(5_000, 100)
    await watcher.reach(5_000)

    expect(await watcher.hand_over()).toBe(false)
    expect(sent).toEqual([])
  })
})

it('tells what is left over when nothing could be handed over', async () => {
  const watcher = new Watcher(
    () => Promise.reject(new Error('no net')),
    () => {},
    () => 0,
  )

  watcher.begin(1_000, 100)
  await watcher.reach(3_000)
  await watcher.hand_over().catch(() => {})

  expect(watcher.left_over).toEqual({ from_ms: 1_000, to_ms: 3_000, speed: 100, position_ms: 3_000 })
})
