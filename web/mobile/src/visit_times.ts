/** When most families are in, for a tap: evenings of school days, Saturdays, Sundays. */
export const usual = ['evenings', 'saturday', 'sunday'] as const
export type Usual = (typeof usual)[number]
type Times = { weekday: number; from_minute: number; until_minute: number }[]

const spans: Record<Usual, Times> = {
  evenings: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from_minute: 17 * 60, until_minute: 20 * 60 })),
  saturday: [{ weekday: 6, from_minute: 9 * 60, until_minute: 17 * 60 }],
  sunday: [{ weekday: 7, from_minute: 9 * 60, until_minute: 17 * 60 }],
}

export const times_of = (chosen: Usual[]): Times => usual.filter((one) => chosen.includes(one)).flatMap((one) => spans[one])
export const chosen_of = (times: Times): Usual[] =>
  usual.filter((one) => spans[one].every(({ weekday }) => times.some((time) => time.weekday === weekday)))
