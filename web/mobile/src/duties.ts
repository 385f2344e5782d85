import type { Out } from '@concentric/api-client'

type Shift = Pick<Out<'GET /own-duties'>['items'][number], 'starts_at' | 'ends_at' | 'state'>

const around = 30 * 60_000

/** As the server sees it, on a phone that cannot ask: from half an hour before a turn until half an hour after it. */
export const can_scan = ({ starts_at, ends_at, state }: Shift, now: number) =>
  (state === 'planned' || state === 'present') && now >= Date.parse(starts_at) - around && now <= Date.parse(ends_at) + around

/** The code of a post in what was typed, or in the address that its picture holds: six digits of the leader, eight of the paper. */
export const code_in = (text: string) => /(?:^|#)(\d{6}|\d{8})$/.exec(text.trim())?.[1]
