import { api } from './api'
import { of_day, useSeen } from './seen'

/** To whom each child of a class may be given today: kept on this phone until the day is over, since rights change. */
export const useClassPickUp = (unit: () => string) =>
  useSeen(
    () => unit() && of_day(`pick-up-${unit()}`),
    () => api('GET /classes/{id}/pick-up', { path: { id: unit() } }),
  )
