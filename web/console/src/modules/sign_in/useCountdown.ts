import { onScopeDispose, ref } from 'vue'

/** Seconds that run down to nothing: until the next try, or until another code may be sent. */
export function useCountdown() {
  const seconds = ref(0)
  let timer = 0

  function begin(from: number) {
    seconds.value = from
    clearInterval(timer)
    timer = window.setInterval(() => {
      seconds.value--
      if (seconds.value <= 0) clearInterval(timer)
    }, 1000)
  }

  onScopeDispose(() => clearInterval(timer))
  return { seconds, begin }
}
