/** Minutes after midnight as "08:30", and back. */
export const clock_of = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
export const minutes_of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
