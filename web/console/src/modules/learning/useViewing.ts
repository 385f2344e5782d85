import { Watcher, type BeatAnswer, type Stretch } from '@concentric/shared'
import { onBeforeUnmount, ref } from 'vue'
import { api } from '@/api'
import { toast } from '@/parts/toast'

/** A player of one lesson, known to the server: opened when it first plays, and again after another one took its place. */
export function useViewing(
  unit: string,
  on_progress: (answer: { learnt: number; is_completed: boolean }) => void,
  on_elsewhere: () => void,
) {
  const viewing = ref('')
  const is_elsewhere = ref(false)
  const watcher = new Watcher(send, told)
  let timer = 0

  async function send(stretch: Stretch): Promise<BeatAnswer> {
    return api('PUT /viewings/{viewing}/heartbeat', { path: { viewing: viewing.value }, body: { unit, ...stretch } })
  }

  function told(answer: BeatAnswer) {
    if (answer.outcome === 'elsewhere') {
      viewing.value = ''
      is_elsewhere.value = true
      on_elsewhere()
    } else {
      on_progress(answer)
    }
  }

  /** True when the player may play. */
  async function open(): Promise<boolean> {
    if (viewing.value) return true
    return toast.attempt(async () => {
      const opened = await api('POST /units/{id}/viewings', { path: { id: unit } })
      viewing.value = opened.id
      is_elsewhere.value = false
      on_progress(opened)
    })
  }

  /** Lost while the line is down: the next beat takes the stretch along. */
  async function try_to(step: Promise<unknown>) {
    await step.catch(() => undefined)
  }

  /** Hands over the last of it, and what the server's clock could not credit at once a second later. */
  async function rest() {
    if (!viewing.value) return
    await try_to(watcher.hand_over())
    clearTimeout(timer)
    if (viewing.value && watcher.is_behind) timer = window.setTimeout(() => void rest(), 1_000)
  }

  const begin = (position_ms: number, speed: number) => watcher.begin(position_ms, speed)
  const reach = (position_ms: number) => (viewing.value ? try_to(watcher.reach(position_ms)) : Promise.resolve())
  const change_speed = (speed: number) => try_to(watcher.change_speed(speed))

  const on_hidden = () => document.visibilityState === 'hidden' && void rest()
  document.addEventListener('visibilitychange', on_hidden)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', on_hidden)
    void rest()
  })
  return { open, begin, reach, change_speed, rest, is_elsewhere }
}
